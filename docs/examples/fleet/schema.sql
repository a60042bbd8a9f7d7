-- The receiving side of docs/fleet.md: chains of many machines in one PostgreSQL (13 or newer, UTF8).
--
-- A line is stored only where its own hash is right, under its chain and number. A second, different
-- record of the same number is no error to be dropped but the proof of a fork, so it is kept. Nothing
-- that comes in can stop the shipping: what has no place goes to `unplaced` with the reason.
-- Load it once, as the owner of the database; shippers log in as members of `shimgate_shipper`.

CREATE SCHEMA shimgate;

CREATE TABLE shimgate.record (
    chain text NOT NULL,
    seq bigint NOT NULL,
    hash text NOT NULL UNIQUE,
    prev text NOT NULL,
    type text NOT NULL,
    time timestamptz,
    source text NOT NULL,
    received timestamptz NOT NULL DEFAULT clock_timestamp(),
    line text NOT NULL,
    PRIMARY KEY (chain, seq));

CREATE TABLE shimgate.fork (
    LIKE shimgate.record INCLUDING DEFAULTS,
    PRIMARY KEY (chain, seq, hash));
CREATE INDEX ON shimgate.fork (hash);

CREATE TABLE shimgate.unplaced (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reason text NOT NULL,
    source text NOT NULL,
    received timestamptz NOT NULL DEFAULT clock_timestamp(),
    line text NOT NULL);

-- The chain that a source is writing; a hint for records whose predecessor is missing.
CREATE TABLE shimgate.stream (source text PRIMARY KEY, chain text NOT NULL);

CREATE TABLE shimgate.checkpoint (
    origin text NOT NULL,
    size bigint NOT NULL,
    root text NOT NULL,
    received timestamptz NOT NULL DEFAULT clock_timestamp(),
    note text NOT NULL,
    PRIMARY KEY (origin, size));

CREATE TABLE shimgate.refused_checkpoint (
    answer text NOT NULL,
    received timestamptz NOT NULL DEFAULT clock_timestamp(),
    note text NOT NULL);

-- Shippers write here; the trigger below places each line, and nothing stays.
CREATE TABLE shimgate.inbox (source text NOT NULL DEFAULT 'resent', line text NOT NULL);

-- Places one line and says where: stored, same, FORK, or why it has no place.
CREATE FUNCTION shimgate.take(line text, source text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shimgate, pg_temp AS $$
DECLARE
    part text[];
    new shimgate.record;
    is_branch boolean := false;
    stored text;
BEGIN
    part := regexp_match(line, '^(\{"v":1,"seq":([0-9]{1,16}),"type":"([a-z.]{1,40})"'
        '(?:,"time":"([^"]{20,40})")?,.*"prev":"([0-9a-f]{64})"),"hash":"([0-9a-f]{64})"\}$');
    IF part IS NULL THEN
        RETURN 'no record';
    END IF;
    IF encode(sha256(convert_to(part[1], 'UTF8')), 'hex') <> part[6] THEN
        RETURN 'wrong hash';
    END IF;
    new.seq := part[2];
    new.type := part[3];
    new.time := part[4];
    new.prev := part[5];
    new.hash := part[6];
    new.source := source;
    new.received := clock_timestamp();
    new.line := line;
    IF new.type = 'chain.open' THEN
        new.chain := substring(line FROM '^[^,]*,[^,]*,[^,]*,(?:"time":"[^"]*",)?"chain":"([0-9a-f]{1,64})"');
    END IF;
    -- The record before names the chain, even where the source has gone on to another.
    IF new.chain IS NULL THEN
        SELECT r.chain INTO new.chain FROM record r WHERE r.hash = new.prev AND r.seq = new.seq - 1;
    END IF;
    IF new.chain IS NULL THEN
        SELECT f.chain, true INTO new.chain, is_branch
            FROM fork f WHERE f.hash = new.prev AND f.seq = new.seq - 1;
        is_branch := coalesce(is_branch, false);
    END IF;
    IF new.chain IS NULL THEN
        SELECT s.chain INTO new.chain FROM stream s WHERE s.source = take.source
            AND NOT EXISTS (SELECT FROM record r WHERE r.chain = s.chain AND r.seq >= new.seq);
    END IF;
    IF new.chain IS NULL THEN
        RETURN 'no chain is known for it';
    END IF;
    IF NOT is_branch THEN
        INSERT INTO record SELECT new.* ON CONFLICT DO NOTHING;
        IF FOUND THEN
            IF new.type = 'chain.open' THEN
                INSERT INTO stream VALUES (take.source, new.chain)
                    ON CONFLICT ON CONSTRAINT stream_pkey DO UPDATE SET chain = excluded.chain;
            END IF;
            RETURN 'stored';
        END IF;
        SELECT r.hash INTO stored FROM record r WHERE r.chain = new.chain AND r.seq = new.seq;
        IF stored = new.hash THEN
            RETURN 'same';
        END IF;
    END IF;
    INSERT INTO fork SELECT new.* ON CONFLICT DO NOTHING;
    RETURN 'FORK';
EXCEPTION WHEN data_exception OR integrity_constraint_violation THEN
    RETURN 'not understood: ' || SQLERRM;
END $$;

CREATE FUNCTION shimgate.take_from_inbox() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shimgate, pg_temp AS $$
DECLARE
    answer text;
BEGIN
    -- CSV knows no difference between an empty line and none.
    new.line := coalesce(new.line, '');
    answer := shimgate.take(new.line, new.source);
    IF answer NOT IN ('stored', 'same', 'FORK') THEN
        INSERT INTO unplaced (reason, source, line) VALUES (answer, new.source, new.line);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER take_from_inbox BEFORE INSERT ON shimgate.inbox
    FOR EACH ROW EXECUTE FUNCTION shimgate.take_from_inbox();

-- Tries again what came before its chain was known; says how many lines have found their place.
CREATE FUNCTION shimgate.place_again() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shimgate, pg_temp AS $$
DECLARE
    old shimgate.unplaced;
    placed bigint := 0;
BEGIN
    FOR old IN SELECT * FROM unplaced WHERE reason = 'no chain is known for it' ORDER BY id LOOP
        IF shimgate.take(old.line, old.source) IN ('stored', 'same', 'FORK') THEN
            DELETE FROM unplaced WHERE id = old.id;
            placed := placed + 1;
        END IF;
    END LOOP;
    RETURN placed;
END $$;

-- Records that have not arrived: `shimgate audit export --from FIRST --to LAST` sends them again.
CREATE VIEW shimgate.gap AS
    SELECT chain, before + 1 AS first, seq - 1 AS last
    FROM (SELECT chain, seq, lag(seq, 1, 0::bigint) OVER (PARTITION BY chain ORDER BY seq) AS before
          FROM shimgate.record) AS numbered
    WHERE seq > before + 1;

-- Every break of every chain; an empty answer is a clean one.
CREATE VIEW shimgate.break AS
    SELECT chain, seq, kind FROM (
        SELECT chain, seq, CASE
            WHEN seq <> lag(seq, 1, 0::bigint) OVER w + 1 THEN 'GAP'
            WHEN prev <> lag(hash, 1, repeat('0', 64)) OVER w THEN 'CHAIN'
            WHEN encode(sha256(convert_to(left(line, -75), 'UTF8')), 'hex') <> hash
                OR left(right(line, 66), 64) <> hash THEN 'HASH'
            END AS kind
        FROM shimgate.record WINDOW w AS (PARTITION BY chain ORDER BY seq)) AS judged
    WHERE kind IS NOT NULL
    UNION ALL SELECT chain, seq, 'FORK' FROM shimgate.fork;

CREATE VIEW shimgate.chain AS
    SELECT chain, count(*) AS records, max(seq) AS last_seq,
        (array_agg(hash ORDER BY seq DESC))[1] AS last_hash, max(received) AS received
    FROM shimgate.record GROUP BY chain;

-- Keeps a signed checkpoint where the machine that made it cannot take it back. The answer is
-- stored, same, ROLLBACK (the log was longer once) or FORK (another tree of the same size).
-- The signature is checked where the key is: shimgate audit verify --checkpoint.
CREATE FUNCTION shimgate.anchor(note text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shimgate, pg_temp AS $$
DECLARE
    line text[] := string_to_array(note, E'\n');
    known shimgate.checkpoint;
    answer text;
BEGIN
    IF line[2] !~ '^(0|[1-9][0-9]{0,15})$' OR line[3] !~ '^[A-Za-z0-9+/]{43}=$' OR line[4] <> ''
        OR line[1] = '' THEN
        RAISE EXCEPTION 'this is no checkpoint';
    END IF;
    LOCK TABLE checkpoint IN SHARE ROW EXCLUSIVE MODE;
    SELECT * INTO known FROM checkpoint c WHERE c.origin = line[1] AND c.size = line[2]::bigint;
    IF FOUND THEN
        answer := CASE WHEN known.root = line[3] THEN 'same' ELSE 'FORK' END;
    ELSIF EXISTS (SELECT FROM checkpoint c WHERE c.origin = line[1] AND c.size > line[2]::bigint)
    THEN
        answer := 'ROLLBACK';
    ELSE
        INSERT INTO checkpoint VALUES (line[1], line[2]::bigint, line[3], clock_timestamp(), note);
        RETURN 'stored';
    END IF;
    IF answer <> 'same' THEN
        INSERT INTO refused_checkpoint VALUES (answer, clock_timestamp(), note);
    END IF;
    RETURN answer;
END $$;

-- What was stored stays. (The database's owner can drop the triggers; keep the owner's login away
-- from the machines that ship.)
CREATE FUNCTION shimgate.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', tg_table_name;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON shimgate.record
    EXECUTE FUNCTION shimgate.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON shimgate.fork
    EXECUTE FUNCTION shimgate.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON shimgate.checkpoint
    EXECUTE FUNCTION shimgate.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON shimgate.refused_checkpoint
    EXECUTE FUNCTION shimgate.refuse();

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shimgate_shipper') THEN
        CREATE ROLE shimgate_shipper;
    END IF;
END $$;
REVOKE ALL ON FUNCTION shimgate.take, shimgate.take_from_inbox, shimgate.place_again,
    shimgate.anchor FROM PUBLIC;
GRANT USAGE ON SCHEMA shimgate TO shimgate_shipper;
GRANT INSERT ON shimgate.inbox TO shimgate_shipper;
GRANT EXECUTE ON FUNCTION shimgate.anchor TO shimgate_shipper;
