// The modules that the image is built from, at exact versions; each brings the versions of its own dependencies.
module escale/mongo

go 1.24

require (
	github.com/FerretDB/FerretDB v1.24.2
	github.com/mongodb/mongo-tools v0.0.0-20250715155915-887641268977
)
