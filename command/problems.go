package command

import (
	"github.com/spf13/cobra"

	"duban/law/regimes"
)

// checked prints the faults of files, as JSON in both languages, else in the one asked for, and ends by them.
func (s *session) checked(c *cobra.Command, files int, problems []regimes.Problem) error {
	lang, err := s.lang(c)
	if err != nil {
		return err
	}
	if !asJSON(c) {
		err = s.printProblems(problems, lang)
	} else if len(problems) == 0 {
		err = s.printJSON([]regimes.Problem{})
	} else {
		err = s.printJSON(problems)
	}
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		s.tell(inLang(lang, "%d 处错误", "%d errors"), len(problems))
		return found()
	}
	s.tell(inLang(lang, "%d 个文件，没有错误", "%d files, no errors"), files)
	return nil
}

func (s *session) printProblems(problems []regimes.Problem, lang string) error {
	for _, p := range problems {
		if err := s.say("%s", p.In(lang)); err != nil {
			return err
		}
	}
	return nil
}
