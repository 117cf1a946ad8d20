package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"duban/setup"
)

func (s *session) setup() *cobra.Command {
	var dry bool
	c := &cobra.Command{
		Use:   "setup FILE.yaml",
		Short: "Bring the register to what a file says: a whole bureau at once",
		Long: `Bring the register to what one file says: authorities, operators, officers, cards, keys and holiday tables;
the regulations that it names are checked. examples/bureau.yaml shows every part.

Each thing is put by the rules of the API, with the fields that its PUT takes, and stands then as the file
says; what the file does not name is left. All of it is one transaction: a file with an error changes
nothing. Run again, the same file changes nothing. A key is known by its name and made once; its secret is
written into the file that it names, for nobody else to read and over no other, or else printed. Paths are
those from the file's folder.

Every error is reported as file:line:column: message, with exit status 3.`,
		Example: `  duban setup examples/bureau.yaml --dry-run
  duban setup bureau.yaml --database postgres://duban@localhost/duban --secret-file /etc/duban/secret`,
		Args: cobra.ExactArgs(1),
	}
	databaseFlags(c)
	c.Flags().BoolVar(&dry, "dry-run", false, "only tell what would be made, changed or left")
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.on(needs{}, func(ctx context.Context, c *cobra.Command, args []string, on stores) error {
		text, err := os.ReadFile(args[0])
		if err != nil {
			return fmt.Errorf("set up: %w", err)
		}
		if on.LogLevel == "info" {
			on.LogLevel = "warn" // the API within would tell of each request
		}
		quiet, err := s.logger(on.Config)
		if err != nil {
			return err
		}
		by := s.user()
		if by == "" {
			by = "duban setup"
		}
		job := setup.Job{Register: on.register, File: args[0], Text: text, By: by, DryRun: dry, Logger: quiet}
		things, problems, err := job.Run(ctx)
		if len(problems) > 0 {
			return s.checked(c, 1, problems)
		}
		if things == nil && err != nil {
			return fmt.Errorf("set up: %w", err)
		}
		return errors.Join(s.printSetup(c, things, dry), err)
	})
	return c
}

// setupJSON is what a setup did, or would do, for machines.
type setupJSON struct {
	DryRun  bool          `json:"dryRun"`
	Made    int           `json:"made"`
	Changed int           `json:"changed"`
	Left    int           `json:"left"`
	Things  []setup.Thing `json:"things"`
}

var inChinese = map[string]string{
	setup.Made: "新建", setup.Changed: "变更", setup.Left: "未变", setup.Checked: "已检查", "revoked": "已终止", "expired": "已到期",
	"authority": "机关", "operator": "经营者", "officer": "人员", "card": "证件", "key": "密钥", "holidays": "节假日表", "regime": "法规",
}

func (s *session) printSetup(c *cobra.Command, things []setup.Thing, dry bool) error {
	lang, err := s.lang(c)
	if err != nil {
		return err
	}
	out := setupJSON{DryRun: dry, Things: things}
	word := func(w string) string {
		if zh, ok := inChinese[w]; ok && lang == "zh" {
			return zh
		}
		return w
	}
	var rows [][]string
	for _, t := range things {
		switch t.Did {
		case setup.Made:
			out.Made++
		case setup.Changed:
			out.Changed++
		case setup.Left:
			out.Left++
		}
		rows = append(rows, []string{word(t.Kind), t.ID, word(t.Did), strings.TrimSpace(word(t.Note) + " " + t.File + t.Secret)})
	}
	if asJSON(c) {
		if out.Things == nil {
			out.Things = []setup.Thing{}
		}
		return s.printJSON(out)
	}
	heads := strings.Fields(inLang(lang, "种类 标识 结果 密钥", "KIND ID DONE SECRET"))
	if err := s.printTable(heads, rows); err != nil {
		return err
	}
	s.tell(inLang(lang, "新建%d，变更%d，未变%d", "%d made, %d changed, %d left as they were"), out.Made, out.Changed, out.Left)
	switch {
	case dry:
		s.tell("%s", inLang(lang, "仅为试运行，没有任何变更", "a dry run: nothing was changed"))
	case out.Made+out.Changed == 0:
		s.tell("%s", inLang(lang, "登记册已与文件一致，没有任何变更", "the register was so already: nothing was changed"))
	}
	return nil
}
