package draw

import (
	"fmt"
	"slices"
)

// Difference is one place where a record is not what repeating the draw gives.
type Difference struct {
	At       string `json:"at"`       // the field, as result[2].officers
	Recorded string `json:"recorded"` // what the record says
	Repeated string `json:"repeated"` // what the draw gives when it is made again
	Zh       string `json:"zh"`
	En       string `json:"en"`
}

// Verify makes the draw of a record again, from its own input and seed, and says where the record
// differs; nil if it is the same. Whether the input was true, and the hash or the commitment the
// one that was published, only who holds the files and the publication can say.
func Verify(r Record) ([]Difference, error) {
	var found []Difference
	add := func(at, recorded, repeated, zh, en string) {
		if recorded != repeated {
			found = append(found, Difference{At: at, Recorded: recorded, Repeated: repeated, Zh: zh, En: en})
		}
	}
	hash, err := r.hash()
	if err != nil {
		return nil, fmt.Errorf("verify draw: %w", err)
	}
	add("hash", r.Hash, hash, "记录的内容与其散列值不符", "the record is not the one that its hash was taken of")
	if r.Commitment != "" {
		add("commitment", r.Commitment, Commitment(r.Seed), "随机种子不是事先公布承诺的种子", "the seed is not the one that was committed to")
	}
	in := r.sorted()
	for i, t := range in.Targets {
		add(fmt.Sprintf("targets[%d]", i), r.Targets[i].ID, t.ID, "检查对象未按编号排序", "the targets are not in the order of their ids")
	}
	for i, o := range in.Officers {
		add(fmt.Sprintf("officers[%d]", i), r.Officers[i].ID, o.ID, "检查人员未按编号排序", "the officers are not in the order of their ids")
	}
	result, err := in.draw(r.Seed)
	if err != nil {
		return nil, fmt.Errorf("verify draw: %w", err)
	}
	for i := range max(len(r.Result), len(result)) {
		was, is := visitAt(r.Result, i), visitAt(result, i)
		at := fmt.Sprintf("result[%d].", i)
		add(at+"target", was.Target, is.Target, "抽取的检查对象不同", "another target is drawn")
		add(at+"weight", fmt.Sprint(was.Weight), fmt.Sprint(is.Weight), "检查对象的权重不同", "the target has another weight")
		add(at+"lacking", fmt.Sprint(was.Lacking), fmt.Sprint(is.Lacking), "所缺人数不同", "another number of officers is lacking")
		if !slices.Equal(was.Officers, is.Officers) {
			add(at+"officers", fmt.Sprint(was.Officers), fmt.Sprint(is.Officers), "抽取的检查人员不同", "other officers are drawn")
		}
	}
	return found, nil
}

func visitAt(list []Visit, i int) Visit {
	if i < len(list) {
		return list[i]
	}
	return Visit{}
}
