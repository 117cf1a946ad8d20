# duban, one static program, as nobody. The version is go.mod's.
FROM golang:1.26.8-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /duban ./cmd/duban

# alpine for its wget, by which the health checks ask; the program itself needs nothing of it
FROM alpine:3.24.1
COPY --from=build /duban /usr/local/bin/duban
USER 65532:65532
ENTRYPOINT ["duban"]
CMD ["--help"]
