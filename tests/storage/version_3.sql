BEGIN TRANSACTION;
CREATE TABLE answers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        answered_at TEXT NOT NULL,
        clip_name TEXT NOT NULL,
        clip_hash TEXT NOT NULL,
        person TEXT NOT NULL,
        channel TEXT NOT NULL,
        chosen TEXT NOT NULL,
        reference TEXT NOT NULL,
        same INTEGER NOT NULL CHECK (same IN (0, 1)),
        brier REAL NOT NULL,
        skill REAL NOT NULL,
        intensity REAL,
        confidence REAL,
        response_ms REAL,
        replays INTEGER NOT NULL,
        perceived_json TEXT NOT NULL,
        references_json TEXT NOT NULL,
        agreement_json TEXT NOT NULL,
        choices_json TEXT NOT NULL, scored INTEGER NOT NULL DEFAULT 1 CHECK (scored IN (0, 1)), difficulty REAL, shown_json TEXT NOT NULL DEFAULT '{}', word TEXT NOT NULL DEFAULT '',
        UNIQUE (session_id, position)
    ) STRICT
    ;
INSERT INTO "answers" VALUES(1,1,0,'2026-03-01T10:00:30+00:00','media/Ana_fear.webm','0000000000000000000000000000000000000000000000000000000000000000','Ana','picture','fear','fear',1,1.20000000000000037192e-01,0.84,0.6,0.7,1234.5,1,'{"source":"user","labels":{"fear":0.7,"neutral":0.10000000000000002,"happiness":0.10000000000000002,"surprise":0.10000000000000002},"intensity":0.6,"confidence":0.7}','[{"source":"intended","labels":{"fear":1.0},"intensity":1.0},{"source":"crowd","labels":{"fear":0.6,"surprise":0.4},"raters":10,"by":"CREMA-D"}]','{"reference":"intended","same":true,"chosen_share":1.0,"ceiling":1.0,"brier":0.12000000000000004,"floor":0.0,"skill":0.84,"log_score":-0.35667494393873245,"similarity":1.0,"intensity_difference":-0.4,"confidence":0.7}','["neutral","happiness","fear","surprise"]',1,NULL,'{}','');
INSERT INTO "answers" VALUES(2,1,1,'2026-03-01T10:01:30+00:00','media/Bo_surprise.webm','0000000000000000000000000000000000000000000000000000000000000000','Bo','picture','happiness','surprise',0,1.31999999999999984012e+00,-7.59999999999999786837e-01,0.6,0.7,1235.5,1,'{"source":"user","labels":{"happiness":0.7,"neutral":0.10000000000000002,"fear":0.10000000000000002,"surprise":0.10000000000000002},"intensity":0.6,"confidence":0.7}','[{"source":"intended","labels":{"surprise":1.0},"intensity":1.0},{"source":"crowd","labels":{"fear":0.6,"surprise":0.4},"raters":10,"by":"CREMA-D"}]','{"reference":"intended","same":false,"chosen_share":0.0,"ceiling":1.0,"brier":1.3199999999999998,"floor":0.0,"skill":-0.7599999999999998,"log_score":-2.3025850929940455,"similarity":0.7628291754873715,"intensity_difference":-0.4,"confidence":0.7}','["neutral","happiness","fear","surprise"]',1,NULL,'{}','');
CREATE TABLE cards (
        one TEXT NOT NULL,
        other TEXT NOT NULL,
        channel TEXT NOT NULL,
        band TEXT NOT NULL,
        due TEXT NOT NULL,
        state_json TEXT NOT NULL,
        PRIMARY KEY (one, other, channel, band)
    ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE notes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        written_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT
    ;
INSERT INTO "notes" VALUES(1,'2026-03-02T11:00:00+00:00','2026-03-02T11:00:00+00:00','Ana was tired');
CREATE TABLE packed (
        session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
        answers BLOB NOT NULL,
        crc INTEGER NOT NULL
    ) STRICT
    ;
INSERT INTO "packed" VALUES(1,X'01000000000000000000808F0369DA41000000000000000000000000000000000000FFFFFFFF04000100000001013333333F0000C07F3333333F9A99193F0000803F0000C07F00509A440000C07F0000803F0000803F8FC2F53D000000003D0A573F0000803F02000000000000000000809E0369DA41010000000100000001000000000001000200FFFFFFFF04000100000000013333333F0000C07F3333333F9A99193F0000803F0000C07F00709A440000C07F000000000000803FC3F5A83F000000005C8F42BFC648433F',774908571);
CREATE TABLE samples (
        trace_id INTEGER NOT NULL REFERENCES traces (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        samples_json TEXT NOT NULL,
        PRIMARY KEY (trace_id, number)
    ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE sessions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        mode TEXT NOT NULL,
        clip_set TEXT NOT NULL,
        clip_set_version TEXT NOT NULL,
        vocabulary TEXT NOT NULL,
        scored_against TEXT NOT NULL,
        seed INTEGER NOT NULL,
        planned INTEGER NOT NULL
    , setup_json TEXT NOT NULL DEFAULT '', channel TEXT NOT NULL DEFAULT '') STRICT
    ;
INSERT INTO "sessions" VALUES(1,'2026-03-01T10:00:00+00:00','2026-03-01T10:20:00+00:00','read_the_moment','First light','1','core','intended',7,10,'','');
CREATE TABLE skips (
        session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        clip_name TEXT NOT NULL,
        clip_hash TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (session_id, position)
    ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE texts (
        kind TEXT NOT NULL,
        code INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (kind, code),
        UNIQUE (kind, text)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "texts" VALUES('channel',0,'picture');
INSERT INTO "texts" VALUES('clip',0,'media/Ana_fear.webm');
INSERT INTO "texts" VALUES('clip',1,'media/Bo_surprise.webm');
INSERT INTO "texts" VALUES('label',0,'fear');
INSERT INTO "texts" VALUES('label',1,'surprise');
INSERT INTO "texts" VALUES('label',2,'happiness');
INSERT INTO "texts" VALUES('person',0,'Ana');
INSERT INTO "texts" VALUES('person',1,'Bo');
CREATE TABLE traces (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        clip_name TEXT NOT NULL,
        clip_hash TEXT NOT NULL,
        person TEXT NOT NULL,
        channel TEXT NOT NULL,
        axes_json TEXT NOT NULL,
        reference_json TEXT,
        result_json TEXT
    ) STRICT
    ;
CREATE INDEX sessions_by_start ON sessions (started_at);
CREATE INDEX answers_by_clip ON answers (clip_hash);
CREATE INDEX answers_tally ON answers (session_id, scored, same);
CREATE INDEX answers_recent ON answers (channel, scored);
CREATE INDEX sessions_by_mode ON sessions (mode, started_at);
CREATE INDEX traces_of_session ON traces (session_id, position);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('sessions',1);
INSERT INTO "sqlite_sequence" VALUES('answers',2);
INSERT INTO "sqlite_sequence" VALUES('notes',1);
COMMIT;
PRAGMA user_version = 3;
PRAGMA application_id = 1098151278;
