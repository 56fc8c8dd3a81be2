package dev.belfry.benchmarks.cases;

/** Who is measured. */
public enum Subject {
    POSTGRESQL("Belfry, PostgreSQL"),
    SQLITE("Belfry, SQLite"),
    PEER("peer, PostgreSQL"),
    SQLITE_LOOP("SQLite, one by one");

    private final String title;

    Subject(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
