-- A history as version 1 of the database wrote it.
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
        choices_json TEXT NOT NULL,
        UNIQUE (session_id, position)
    ) STRICT
    ;
INSERT INTO "answers" VALUES(1,1,0,'2026-03-01T10:00:30+00:00','media/Ana_fear.webm','0000000000000000000000000000000000000000000000000000000000000000','Ana','picture','fear','fear',1,1.20000000000000037192e-01,0.84,0.6,0.7,1234.5,1,'{"source":"user","labels":{"fear":0.7,"neutral":0.10000000000000002,"happiness":0.10000000000000002,"surprise":0.10000000000000002},"intensity":0.6,"confidence":0.7}','[{"source":"intended","labels":{"fear":1.0},"intensity":1.0},{"source":"crowd","labels":{"fear":0.6,"surprise":0.4},"raters":10,"by":"CREMA-D"}]','{"reference":"intended","same":true,"chosen_share":1.0,"ceiling":1.0,"brier":0.12000000000000004,"floor":0.0,"skill":0.84,"log_score":-0.35667494393873245,"similarity":1.0,"intensity_difference":-0.4,"confidence":0.7}','["neutral","happiness","fear","surprise"]');
INSERT INTO "answers" VALUES(2,1,1,'2026-03-01T10:01:30+00:00','media/Ana_surprise.webm','0000000000000000000000000000000000000000000000000000000000000000','Ana','picture','happiness','surprise',0,1.31999999999999984012e+00,-7.59999999999999786837e-01,0.6,0.7,1235.5,1,'{"source":"user","labels":{"happiness":0.7,"neutral":0.10000000000000002,"fear":0.10000000000000002,"surprise":0.10000000000000002},"intensity":0.6,"confidence":0.7}','[{"source":"intended","labels":{"surprise":1.0},"intensity":1.0},{"source":"crowd","labels":{"fear":0.6,"surprise":0.4},"raters":10,"by":"CREMA-D"}]','{"reference":"intended","same":false,"chosen_share":0.0,"ceiling":1.0,"brier":1.3199999999999998,"floor":0.0,"skill":-0.7599999999999998,"log_score":-2.3025850929940455,"similarity":0.7628291754873715,"intensity_difference":-0.4,"confidence":0.7}','["neutral","happiness","fear","surprise"]');
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
    ) STRICT
    ;
INSERT INTO "sessions" VALUES(1,'2026-03-01T10:00:00+00:00','2026-03-01T10:05:00+00:00','read_the_moment','First light','1','core','intended',7,10);
CREATE INDEX sessions_by_start ON sessions (started_at);
CREATE INDEX answers_tally ON answers (session_id, same);
CREATE INDEX answers_by_clip ON answers (clip_hash);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('sessions',1);
INSERT INTO "sqlite_sequence" VALUES('answers',2);
PRAGMA application_id = 1098151278;
PRAGMA user_version = 1;
COMMIT;
