package office

import (
	"duban/law/jurisdiction"
	"duban/register"
)

// The facts of the register, for the doors, which don't import it.
type (
	Case         = register.CaseRow
	CaseFilter   = register.CaseFilter
	CaseSort     = register.Sort
	PersonBy     = register.PersonBy
	TaskCounts   = register.TaskCounts
	Receipt      = register.Receipt
	Party        = register.Party
	Person       = register.Person
	Authority    = jurisdiction.Authority
	Operator     = register.Operator
	Officer      = register.Officer
	Substitution = register.Substitution
	Key          = register.Key
	KeySpec      = register.KeySpec
	Plan         = register.PlanRow
	Occurrence   = register.Occurrence
	SelfCheck    = register.SelfCheck
	Alert        = register.Alert
	Exemption    = register.Exemption
	Draw         = register.DrawRow
	DrawVisit    = register.DrawVisit
	Duty         = register.DutyLine
	DutyFilter   = register.DutyFilter
	DutyReport   = register.DutyReport
	DutyReceipt  = register.DutyReceipt
	Publication  = register.Published
	PublicFilter = register.PublishedFilter
	Met          = register.Met
	OwnStandard  = register.OwnStandard
)

// What persons are looked for by.
const (
	ByPhone = register.ByPhone
	ByEmail = register.ByEmail
	ByName  = register.ByName
)
