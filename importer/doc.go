// Package importer brings cases in from files, through the API: complaints row by row, and operators
// with the inspections that they had elsewhere. A map, written by whoever knows the file, says how
// its columns become fields; a row is known for ever by the map's source and the row's id, so an
// import may be stopped and run again and files nothing twice. It knows the contract of the API and
// the pure law, and no register; the command line calls it.
package importer
