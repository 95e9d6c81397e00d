BEGIN TRANSACTION;
CREATE TABLE column_matches (
	id INTEGER NOT NULL,
	sheet_key TEXT NOT NULL,
	header TEXT NOT NULL,
	column_key TEXT NOT NULL,
	"by" TEXT NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id)
);
INSERT INTO "column_matches" VALUES(1,'offers','waarprecies','address','An','2026-06-01 12:00:00.000000');
CREATE TABLE geocodes (
	id INTEGER NOT NULL,
	"query" TEXT NOT NULL,
	answer TEXT NOT NULL,
	precision TEXT NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id)
);
INSERT INTO "geocodes" VALUES(1,'Dam 2','null','geen','2026-06-01 12:00:00.000000');
CREATE TABLE log (
	id INTEGER NOT NULL,
	what TEXT NOT NULL,
	who TEXT NOT NULL,
	number INTEGER,
	at DATETIME NOT NULL,
	PRIMARY KEY (id)
);
INSERT INTO "log" VALUES(1,'gepubliceerd','An',1,'2026-06-01 12:00:00.000000');
CREATE TABLE points (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	lat FLOAT,
	lon FLOAT,
	"by" TEXT NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id)
);
INSERT INTO "points" VALUES(1,'Kerkstraat 1',51.2,4.4,'An','2026-06-01 12:00:00.000000');
CREATE TABLE schema_version (
	version INTEGER NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (version)
);
INSERT INTO "schema_version" VALUES(1,'2026-06-01 12:00:00.000000');
CREATE TABLE trekkers (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	name TEXT NOT NULL,
	password_hash TEXT NOT NULL,
	disabled INTEGER NOT NULL,
	"by" TEXT NOT NULL,
	at DATETIME NOT NULL,
	PRIMARY KEY (id)
);
INSERT INTO "trekkers" VALUES(1,'an','An','$argon2id$1',0,'begincode','2026-06-01 12:00:00.000000');
CREATE TABLE version_parts (
	number INTEGER NOT NULL,
	part INTEGER NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (number, part),
	FOREIGN KEY(number) REFERENCES versions (number) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "version_parts" VALUES(1,0,X'656572737465207765726B6D6170');
INSERT INTO "version_parts" VALUES(2,0,X'747765656465207765726B6D6170');
CREATE TABLE versions (
	number INTEGER NOT NULL CHECK (number >= 1),
	name TEXT NOT NULL,
	size_bytes INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	published_by TEXT NOT NULL,
	published_at DATETIME NOT NULL,
	note TEXT NOT NULL,
	restored_from INTEGER,
	based_on INTEGER,
	PRIMARY KEY (number),
	FOREIGN KEY(restored_from) REFERENCES versions (number),
	FOREIGN KEY(based_on) REFERENCES versions (number)
);
INSERT INTO "versions" VALUES(1,'juni.xlsx',14,'ae9b7f981f0cdaa23f8666f470f41246f52d153e8a4f8b0fb487151082c6f983','An','2026-06-01 12:00:00.000000','Na het overleg',NULL,NULL);
INSERT INTO "versions" VALUES(2,'juli.xlsx',14,'eef704b17574e585586ab959ed2a5472d03b1ce3990e5da89f1c5b2be6810f84','Bo','2026-06-01 12:00:00.000000','',NULL,1);
CREATE INDEX column_matches_key ON column_matches (sheet_key, header);
CREATE INDEX ix_points_key ON points ("key");
CREATE INDEX ix_geocodes_query ON geocodes ("query");
CREATE INDEX ix_trekkers_key ON trekkers ("key");
CREATE INDEX log_what_at ON log (what, at);
CREATE TRIGGER versions_no_update BEFORE UPDATE ON versions BEGIN SELECT RAISE(ABORT, 'published versions are never changed or deleted'); END;
CREATE TRIGGER versions_no_delete BEFORE DELETE ON versions BEGIN SELECT RAISE(ABORT, 'published versions are never changed or deleted'); END;
CREATE TRIGGER versions_closed BEFORE INSERT ON versions WHEN EXISTS (SELECT 1 FROM versions WHERE number = NEW.number) BEGIN SELECT RAISE(ABORT, 'published versions are never changed or deleted'); END;
CREATE TRIGGER version_parts_no_update BEFORE UPDATE ON version_parts BEGIN SELECT RAISE(ABORT, 'published versions are never changed or deleted'); END;
CREATE TRIGGER version_parts_no_delete BEFORE DELETE ON version_parts BEGIN SELECT RAISE(ABORT, 'published versions are never changed or deleted'); END;
CREATE TRIGGER version_parts_closed BEFORE INSERT ON version_parts WHEN EXISTS (SELECT 1 FROM versions WHERE number = NEW.number) BEGIN SELECT RAISE(ABORT, 'published versions are never changed or deleted'); END;
COMMIT;
