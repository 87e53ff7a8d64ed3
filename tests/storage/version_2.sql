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
INSERT INTO "answers" VALUES(1,1,0,'2026-03-01T10:00:30+00:00','media/Ana_fear.webm','0000000000000000000000000000000000000000000000000000000000000000','Ana','picture','fear','fear',1,1.20000000000000037192e-01,0.84,0.6,0.7,1234.5,1,'{"source":"user","labels":{"fear":0.7,"neutral":0.10000000000000002,"happiness":0.10000000000000002,"surprise":0.10000000000000002},"intensity":0.6,"confidence":0.7}','[{"source":"intended","labels":{"fear":1.0},"intensity":1.0},{"source":"crowd","labels":{"fear":0.6,"surprise":0.4},"raters":10,"by":"CREMA-D"}]','{"reference":"intended","same":true,"chosen_share":1.0,"ceiling":1.0,"brier":0.12000000000000004,"floor":0.0,"skill":0.84,"log_score":-0.35667494393873245,"similarity":1.0,"intensity_difference":-0.4,"confidence":0.7}','["neutral","happiness","fear","surprise"]',1,NULL,'{"kind":"held","until_s":0.5,"intensity":0.35}','');
INSERT INTO "answers" VALUES(2,1,1,'2026-03-01T10:01:30+00:00','media/Bo_fear.webm','0000000000000000000000000000000000000000000000000000000000000000','Bo','picture','surprise','fear',0,1.32,-0.76,0.6,0.7,1235.5,1,'{"source":"user","labels":{"surprise":0.7,"neutral":0.10000000000000002,"happiness":0.10000000000000002,"fear":0.10000000000000002},"intensity":0.6,"confidence":0.7}','[{"source":"intended","labels":{"fear":1.0},"intensity":1.0},{"source":"crowd","labels":{"fear":0.6,"surprise":0.4},"raters":10,"by":"CREMA-D"}]','{"reference":"intended","same":false,"chosen_share":0.0,"ceiling":1.0,"brier":1.32,"floor":0.0,"skill":-0.76,"log_score":-2.3025850929940455,"similarity":0.7149561437252154,"intensity_difference":-0.4,"confidence":0.7}','["neutral","happiness","fear","surprise"]',0,NULL,'{"kind":"brief","frames":5,"hz":60,"shown_ms":83.25}','');
INSERT INTO "answers" VALUES(3,2,0,'2026-03-01T10:00:30+00:00','media/Ana_fear.webm','0000000000000000000000000000000000000000000000000000000000000000','Ana','picture','happiness','fear',0,1.32,-0.76,0.6,0.7,1234.5,1,'{"source":"user","labels":{"happiness":0.7,"neutral":0.10000000000000002,"fear":0.10000000000000002,"surprise":0.10000000000000002},"intensity":0.6,"confidence":0.7}','[{"source":"intended","labels":{"fear":1.0},"intensity":1.0},{"source":"crowd","labels":{"fear":0.6,"surprise":0.4},"raters":10,"by":"CREMA-D"}]','{"reference":"intended","same":false,"chosen_share":0.0,"ceiling":1.0,"brier":1.32,"floor":0.0,"skill":-0.76,"log_score":-2.3025850929940455,"similarity":0.5,"intensity_difference":-0.4,"confidence":0.7}','["neutral","happiness","fear","surprise"]',1,NULL,'{}','');
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
INSERT INTO "cards" VALUES('fear','surprise','picture','strong','2026-03-04T10:00:00+00:00','{"card_id":1}');
CREATE TABLE samples (
        trace_id INTEGER NOT NULL REFERENCES traces (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        samples_json TEXT NOT NULL,
        PRIMARY KEY (trace_id, number)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "samples" VALUES(1,0,'[[0.0,0.1],[0.5,0.2]]');
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
INSERT INTO "sessions" VALUES(1,'2026-03-01T10:00:00+00:00','2026-03-01T10:10:00+00:00','threshold','First light','1','core','intended',7,10,'{"by":"intensity"}','');
INSERT INTO "sessions" VALUES(2,'2026-03-02T10:00:00+00:00',NULL,'read_the_moment','First light','1','core','intended',7,10,'','');
CREATE TABLE skips (
        session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        clip_name TEXT NOT NULL,
        clip_hash TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (session_id, position)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "skips" VALUES(2,1,'media/x.webm','1111111111111111111111111111111111111111111111111111111111111111','unplayable');
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
INSERT INTO "traces" VALUES(1,2,2,'2026-03-02T10:01:00+00:00','2026-03-02T10:02:00+00:00','media/y.webm','2222222222222222222222222222222222222222222222222222222222222222','Bo','picture','["valence"]',NULL,NULL);
CREATE INDEX sessions_by_start ON sessions (started_at);
CREATE INDEX answers_by_clip ON answers (clip_hash);
CREATE INDEX answers_tally ON answers (session_id, scored, same);
CREATE INDEX answers_recent ON answers (channel, scored);
CREATE INDEX sessions_by_mode ON sessions (mode, started_at);
CREATE INDEX traces_of_session ON traces (session_id, position);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('sessions',2);
INSERT INTO "sqlite_sequence" VALUES('answers',3);
INSERT INTO "sqlite_sequence" VALUES('traces',1);
COMMIT;
PRAGMA user_version = 2;
PRAGMA application_id = 1098151278;
