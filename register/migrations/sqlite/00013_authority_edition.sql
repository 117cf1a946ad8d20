-- +goose Up

-- One row, raised with every change of an authority: who keeps the tree asks only for this.
CREATE TABLE authority_edition (
    one     integer PRIMARY KEY CHECK (one = 1),
    edition bigint NOT NULL
);
INSERT INTO authority_edition (one, edition) VALUES (1, 1);
