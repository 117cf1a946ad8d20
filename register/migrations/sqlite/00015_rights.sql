-- +goose Up

-- A key ends by itself, tells when it was last used and who made it; an officer who has left keeps the name.
ALTER TABLE keys ADD COLUMN expires_at timestamp;
ALTER TABLE keys ADD COLUMN used_at timestamp;
ALTER TABLE keys ADD COLUMN made_by text NOT NULL DEFAULT '';
ALTER TABLE officers ADD COLUMN retired_at timestamp;
