CREATE TABLE public.batches (
    number bigint NOT NULL,
    sender character varying(42) NOT NULL,
    nonce bigint NOT NULL,
    kind character varying(32) NOT NULL,
    lane character varying(96) NOT NULL,
    size integer NOT NULL,
    "to" character varying(42) NOT NULL,
    data bytea NOT NULL,
    purpose text NOT NULL,
    gas_limit bigint NOT NULL,
    state character varying(16) NOT NULL,
    created_at double precision NOT NULL,
    transaction character varying(66) NOT NULL,
    block bigint NOT NULL,
    block_hash character varying(66) NOT NULL,
    mined_at double precision,
    succeeded integer,
    gas_used bigint,
    fee_wei character varying(78)
);
CREATE SEQUENCE public.batches_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.batches_number_seq OWNED BY public.batches.number;
CREATE TABLE public.deed_parties (
    party character varying(42) NOT NULL,
    deed bytea NOT NULL
);
CREATE TABLE public.deed_signatures (
    deed bytea NOT NULL,
    party character varying(42) NOT NULL,
    signature bytea NOT NULL
);
CREATE TABLE public.deeds (
    id bytea NOT NULL,
    act character varying(16) NOT NULL,
    body text NOT NULL,
    parties text NOT NULL,
    drafted_at double precision NOT NULL
);
CREATE TABLE public.envelopes (
    hash character varying(66) NOT NULL,
    batch bigint NOT NULL,
    raw bytea NOT NULL,
    max_fee_wei character varying(78) NOT NULL,
    tip_wei character varying(78) NOT NULL,
    signed_at double precision NOT NULL
);
CREATE TABLE public.senders (
    address character varying(42) NOT NULL,
    seen_at double precision NOT NULL,
    balance_wei character varying(78) NOT NULL,
    low_wei character varying(78) NOT NULL,
    in_flight integer NOT NULL,
    replaced integer NOT NULL,
    undone integer NOT NULL,
    reverted integer NOT NULL
);
CREATE TABLE public.slips (
    id bytea NOT NULL,
    kind character varying(32) NOT NULL,
    lane character varying(96) NOT NULL,
    signer character varying(42) NOT NULL,
    payload bytea NOT NULL,
    gas bigint DEFAULT '0'::bigint NOT NULL,
    deadline_s bigint,
    priority integer NOT NULL,
    due_us bigint NOT NULL,
    state character varying(16) NOT NULL,
    received_at double precision NOT NULL,
    changed_at double precision NOT NULL,
    not_before double precision NOT NULL,
    attempts integer NOT NULL,
    holder character varying(96),
    held_until double precision,
    batch bigint,
    place integer,
    error text
);
CREATE TABLE public.strays (
    slip bytea NOT NULL,
    batch bigint NOT NULL,
    place integer NOT NULL
);
CREATE TABLE public.version (
    number integer NOT NULL
);
CREATE SEQUENCE public.version_number_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.version_number_seq OWNED BY public.version.number;
ALTER TABLE ONLY public.batches ALTER COLUMN number SET DEFAULT nextval('public.batches_number_seq'::regclass);
ALTER TABLE ONLY public.version ALTER COLUMN number SET DEFAULT nextval('public.version_number_seq'::regclass);
INSERT INTO public.batches VALUES (4, '0xcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcC', 3, 'transfer', 'transfer', 1, '0xbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbB', '\x64617461', '2 payments', 100000, 'open', 1800000000, '', 0, '', NULL, NULL, NULL, NULL);
INSERT INTO public.batches VALUES (1, '0xcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcC', 0, 'transfer', 'transfer', 2, '0xbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbB', '\x', '2 payments', 100000, 'final', 1800000000, '0x0000000000000000000000000000000000000000000000000000000000000000', 7, '0xb10c', 1800000000, 1, 100001, '100000000000000000001');
INSERT INTO public.batches VALUES (2, '0xcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcC', 1, 'transfer', 'transfer', 1, '0xbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbB', '\x64617461', '2 payments', 100000, 'confirmed', 1800000000, '0x0000000000000000000000000000000000000000000000000000000000000001', 8, '0xb10c', 1800000000, 1, 100001, '100000000000000000001');
INSERT INTO public.batches VALUES (3, '0xcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcC', 2, 'transfer', 'transfer', 1, '0xbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbB', '\x64617461', '2 payments', 100000, 'mined', 1800000000, '0x0000000000000000000000000000000000000000000000000000000000000002', 9, '0xb10c', 1800000000, 1, 100001, '100000000000000000001');
INSERT INTO public.deed_parties VALUES ('0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\xdededededededededededededededededededededededededededededededede');
INSERT INTO public.deed_parties VALUES ('0xbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbB', '\xdededededededededededededededededededededededededededededededede');
INSERT INTO public.deed_signatures VALUES ('\xdededededededededededededededededededededededededededededededede', '0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\x0101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101');
INSERT INTO public.deeds VALUES ('\xdededededededededededededededededededededededededededededededede', 'rescission', '{"sale":"7","terms":{"settleBy":"9"}}', '["0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA","0xbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbBbB"]', 1800000000);
INSERT INTO public.envelopes VALUES ('0x0000000000000000000000000000000000000000000000000000000000000001', 2, '\x726177', '2000000000000000000', '1000000000', 1800000000);
INSERT INTO public.envelopes VALUES ('0x0000000000000000000000000000000000000000000000000000000000000002', 3, '\x726177', '2000000000000000000', '1000000000', 1800000000);
INSERT INTO public.envelopes VALUES ('0x0000000000000000000000000000000000000000000000000000000000000003', 4, '\x726177', '2000000000000000000', '1000000000', 1800000000);
INSERT INTO public.senders VALUES ('0xcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcCcC', 1800000000, '100000000000000000000', '100000000000000000', 2, 1, 0, 0);
INSERT INTO public.slips VALUES ('\x0000000000000000000000000000000000000000000000000000000000000007', 'transfer', 'transfer', '0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\x7b226e223a377d', 0, NULL, 0, 1800000600000000, 'received', 1800000000.000006, 1800000000, 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.slips VALUES ('\x0000000000000000000000000000000000000000000000000000000000000008', 'transfer', 'transfer', '0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\x7b226e223a387d', 0, NULL, 0, 1800000600000000, 'received', 1800000000.000007, 1800000000, 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.slips VALUES ('\x0000000000000000000000000000000000000000000000000000000000000009', 'transfer', 'transfer', '0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\x7b226e223a397d', 0, NULL, 0, 1800000600000000, 'received', 1800000000.000008, 1800000000, 0, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.slips VALUES ('\x0000000000000000000000000000000000000000000000000000000000000004', 'transfer', 'transfer', '0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\x7b226e223a347d', 0, NULL, 0, 1800000600000000, 'posted', 1800000000.000003, 1800000000, 0, 0, NULL, NULL, 3, 0, NULL);
INSERT INTO public.slips VALUES ('\x0000000000000000000000000000000000000000000000000000000000000005', 'transfer', 'transfer', '0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\x7b226e223a357d', 0, NULL, 0, 1800000600000000, 'posted', 1800000000.000004, 1800000000, 0, 0, NULL, NULL, 4, 0, NULL);
INSERT INTO public.slips VALUES ('\x0000000000000000000000000000000000000000000000000000000000000002', 'transfer', 'transfer', '0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\x7b226e223a327d', 0, NULL, 0, 1800000600000000, 'rejected', 1800000000.000001, 1800000000, 0, 0, NULL, NULL, 1, 1, '{"code": "slip_used", "name": "LocalCurrency_SlipUsed", "args": {"nonce": "2"}, "message": "", "passing": false}');
INSERT INTO public.slips VALUES ('\x0000000000000000000000000000000000000000000000000000000000000001', 'transfer', 'transfer', '0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\x7b226e223a317d', 0, NULL, 0, 1800000600000000, 'confirmed', 1800000000, 1800000000, 0, 0, NULL, NULL, 1, 0, NULL);
INSERT INTO public.slips VALUES ('\x0000000000000000000000000000000000000000000000000000000000000003', 'transfer', 'transfer', '0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\x7b226e223a337d', 0, NULL, 0, 1800000600000000, 'queued', 1800000000.000002, 1800000000, 1800000001, 1, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.slips VALUES ('\x0000000000000000000000000000000000000000000000000000000000000006', 'transfer', 'transfer', '0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\x7b226e223a367d', 0, NULL, 0, 1800000600000000, 'queued', 1800000000.000005, 1800000000, 0, 0, 'v', 1800000060, NULL, NULL, NULL);
INSERT INTO public.slips VALUES ('\x000000000000000000000000000000000000000000000000000000000000000a', 'transfer', 'transfer', '0xaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaAaA', '\x7b226e223a31307d', 0, 7, 0, 7000000, 'expired', 1800000000, 1800000000, 0, 0, NULL, NULL, NULL, NULL, '{"code": "slip_expired", "name": "", "args": {}, "message": "its deadline passed before it could be posted", "passing": false}');
INSERT INTO public.strays VALUES ('\x0000000000000000000000000000000000000000000000000000000000000003', 2, 0);
INSERT INTO public.version VALUES (2);
SELECT pg_catalog.setval('public.batches_number_seq', 4, true);
SELECT pg_catalog.setval('public.version_number_seq', 1, false);
ALTER TABLE ONLY public.batches
    ADD CONSTRAINT batches_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.deed_parties
    ADD CONSTRAINT deed_parties_pkey PRIMARY KEY (party, deed);
ALTER TABLE ONLY public.deed_signatures
    ADD CONSTRAINT deed_signatures_pkey PRIMARY KEY (deed, party);
ALTER TABLE ONLY public.deeds
    ADD CONSTRAINT deeds_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.envelopes
    ADD CONSTRAINT envelopes_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.senders
    ADD CONSTRAINT senders_pkey PRIMARY KEY (address);
ALTER TABLE ONLY public.slips
    ADD CONSTRAINT slips_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.strays
    ADD CONSTRAINT strays_pkey PRIMARY KEY (slip, batch);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (number);
CREATE INDEX batches_mined ON public.batches USING btree (mined_at);
CREATE UNIQUE INDEX batches_nonce ON public.batches USING btree (sender, nonce) WHERE ((state)::text <> 'void'::text);
CREATE INDEX batches_watched ON public.batches USING btree (sender, nonce) WHERE ((state)::text = ANY ((ARRAY['open'::character varying, 'mined'::character varying, 'confirmed'::character varying])::text[]));
CREATE INDEX ix_deed_parties_deed ON public.deed_parties USING btree (deed);
CREATE INDEX ix_envelopes_batch ON public.envelopes USING btree (batch);
CREATE INDEX slips_batch ON public.slips USING btree (batch);
CREATE INDEX slips_deadline ON public.slips USING btree (deadline_s) WHERE (((state)::text = ANY ((ARRAY['received'::character varying, 'queued'::character varying])::text[])) AND (deadline_s IS NOT NULL));
CREATE INDEX slips_living ON public.slips USING btree (signer) WHERE ((state)::text = ANY ((ARRAY['received'::character varying, 'queued'::character varying, 'posted'::character varying])::text[]));
CREATE INDEX slips_signer ON public.slips USING btree (signer, received_at);
CREATE INDEX slips_waiting ON public.slips USING btree (priority DESC, due_us, received_at) WHERE ((state)::text = ANY ((ARRAY['received'::character varying, 'queued'::character varying])::text[]));
CREATE INDEX strays_batch ON public.strays USING btree (batch);
