package importer

import (
	"errors"
	"fmt"
)

// filing is a row as it goes to the API: the fields of POST /v1/complaints.
type filing map[string]any

// id is the row's own.
func (f filing) id() string { return f["externalId"].(string) }

// ofHistory are the fields of what was over elsewhere; of a row that is still open they are left out.
var ofHistory = map[string]bool{"on": true, "outcome": true, "finding": true}

// filing makes a complaint of a row; the error is the reason why it can't be one. A row that has an
// outcome was over elsewhere.
func (m *mapping) filing(row map[string]string) (filing, error) {
	out := filing{"externalSource": m.Source}
	if err := m.put(out, "externalId", idField, m.ExternalID, row); err != nil {
		return nil, err
	}
	if o, ok := m.Fields["outcome"]; ok {
		if err := m.put(out, "outcome", complaintFields["outcome"], o, row); err != nil {
			return nil, err
		}
	}
	over := out["outcome"] != nil
	for _, name := range m.names {
		if name == "outcome" || ofHistory[name] && !over || name == "finding" && out["outcome"] != "answered" {
			continue
		}
		if err := m.put(out, name, complaintFields[name], m.Fields[name], row); err != nil {
			return nil, err
		}
	}
	if !over {
		return out, nil
	}
	out["imported"] = true
	for _, name := range []string{"on", "receivedOn"} {
		if out[name] == nil {
			return nil, fmt.Errorf("%s: the value is empty, and the complaint was over elsewhere", name)
		}
	}
	if out["on"].(string) < out["receivedOn"].(string) {
		return nil, fmt.Errorf("on: it ended on %s, before it was received on %s", out["on"], out["receivedOn"])
	}
	return out, nil
}

// put takes one field of a row.
func (m *mapping) put(out filing, name string, f field, o origin, row map[string]string) error {
	value, err := m.Form.value(o, row)
	if err == nil && value == "" {
		if o.Optional {
			return nil
		}
		err = errors.New("the value is empty")
	}
	if err == nil {
		var taken any
		if taken, err = f.taken(value, &m.Form); err == nil {
			out[name] = taken
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
