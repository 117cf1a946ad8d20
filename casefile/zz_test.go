package casefile_test
import ("testing";"fmt";"sort";"math/rand/v2";"duban/casefile")
func TestZZ(t *testing.T){
 n:=map[string]int{}
 for i:=range 300 {
  h:=open(t,"2026-02-02")
  h.after=func(b casefile.Case,m casefile.Move,o casefile.Outcome){ n[fmt.Sprintf("%s %s %s %s>%s %s",b.Kind,m.Class,o.Entry.Move,o.Entry.From,o.Entry.To,o.Entry.None)]++; sound(t,b,m,o)}
  start(h,starts[i%len(starts)])
  r:=rand.New(rand.NewPCG(uint64(i),1))
  for range 60 { step(h,&dice{rand.New(rand.NewPCG(r.Uint64(),2))}) }
 }
 var k []string; for x:=range n {k=append(k,x)}; sort.Strings(k)
 for _,x:=range k { fmt.Println(n[x],x) }
}
