-- The tables of `gradebook.sqlite`. Times are ISO 8601 in UTC.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    began TEXT NOT NULL,
    ended TEXT,
    arguments TEXT NOT NULL
);

CREATE TABLE students (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    sid TEXT NOT NULL DEFAULT '',
    canvas_id TEXT NOT NULL DEFAULT '',
    label TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    on_roster INTEGER NOT NULL DEFAULT 0,
    roster TEXT NOT NULL DEFAULT '{}'
);

CREATE TABLE student_keys (
    student INTEGER NOT NULL REFERENCES students,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, value, student)
) WITHOUT ROWID;

CREATE TABLE distributions (
    digest TEXT PRIMARY KEY,
    assignment TEXT NOT NULL,
    variant TEXT NOT NULL,
    points REAL NOT NULL
);

CREATE TABLE questions (
    distribution TEXT NOT NULL REFERENCES distributions,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    points REAL NOT NULL,
    kind TEXT NOT NULL,
    rubric TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (distribution, name)
) WITHOUT ROWID;

CREATE TABLE checks (
    id INTEGER PRIMARY KEY,
    distribution TEXT NOT NULL REFERENCES distributions,
    question TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    UNIQUE (distribution, question, name)
);

-- A submission as it was read: JSON in which each cell is a number of `cells`. Most cells of a class are the same.
CREATE TABLE contents (
    hash TEXT PRIMARY KEY,
    reading BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE cells (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    cell BLOB NOT NULL
);

CREATE TABLE submissions (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    path TEXT NOT NULL,
    stem TEXT NOT NULL,
    layout TEXT NOT NULL,
    platform_id TEXT NOT NULL,
    assignment TEXT NOT NULL,
    content TEXT NOT NULL,
    handed_in TEXT,
    modified REAL,
    marked_late INTEGER NOT NULL,
    number INTEGER NOT NULL,
    together TEXT NOT NULL,
    certain INTEGER NOT NULL,
    first_run INTEGER NOT NULL REFERENCES runs,
    last_run INTEGER NOT NULL REFERENCES runs,
    withdrawn_run INTEGER REFERENCES runs,
    UNIQUE (path, content)
);

CREATE INDEX submissions_by_stem ON submissions (stem);

CREATE TABLE submission_students (
    submission INTEGER NOT NULL REFERENCES submissions,
    student INTEGER NOT NULL REFERENCES students,
    PRIMARY KEY (submission, student)
) WITHOUT ROWID;

CREATE INDEX students_of_submissions ON submission_students (student);

CREATE TABLE results (
    id INTEGER PRIMARY KEY,
    submission INTEGER NOT NULL REFERENCES submissions,
    distribution TEXT REFERENCES distributions,
    grader TEXT NOT NULL,
    sandbox TEXT NOT NULL,
    status TEXT NOT NULL,
    score REAL,
    max_score REAL NOT NULL,
    reason TEXT NOT NULL,
    made_from TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs,
    graded_at TEXT NOT NULL,
    is_current INTEGER NOT NULL,
    data BLOB NOT NULL,
    unstable TEXT NOT NULL DEFAULT ''
);

CREATE INDEX results_by_submission ON results (submission, is_current);

CREATE INDEX results_by_origin ON results (made_from);

CREATE TABLE question_results (
    result INTEGER NOT NULL REFERENCES results,
    question TEXT NOT NULL,
    score REAL,
    max_score REAL NOT NULL,
    attempted INTEGER NOT NULL,
    stopped INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    misconception TEXT NOT NULL,
    hint TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (result, question)
) WITHOUT ROWID;

CREATE TABLE check_results (
    result INTEGER NOT NULL REFERENCES results,
    check_id INTEGER NOT NULL REFERENCES checks,
    passed INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (result, check_id)
) WITHOUT ROWID;

CREATE TABLE overrides (
    id INTEGER PRIMARY KEY,
    student INTEGER NOT NULL REFERENCES students,
    assignment TEXT NOT NULL,
    question TEXT NOT NULL DEFAULT '',
    points REAL NOT NULL,
    items TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL,
    content TEXT NOT NULL,
    withdrawn_by TEXT,
    withdrawn_at TEXT,
    withdrawn_reason TEXT
);

CREATE TABLE moves (
    run INTEGER NOT NULL REFERENCES runs,
    submission INTEGER NOT NULL REFERENCES submissions,
    question TEXT NOT NULL,
    before REAL,
    after REAL,
    why TEXT NOT NULL
);
