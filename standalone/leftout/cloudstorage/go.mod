// Takes the place of the module of this name for standalone (replace in ../../go.mod); see the package.
module cloud.google.com/go/storage

go 1.26.8

require google.golang.org/api v0.276.0
