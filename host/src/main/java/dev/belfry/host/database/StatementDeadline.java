package dev.belfry.host.database;

/** Cancels statements that take too long on one connection. A connection runs one statement at a time. */
interface StatementDeadline {

    /** For connections whose server enforces the timeout, or that have none. */
    StatementDeadline NONE = new StatementDeadline() {
        @Override
        public void begin(long spent) {}

        @Override
        public void end() {}
    };

    /**
     * A statement starts or continues.
     *
     * @param spent nanoseconds that it has used before: a query continues with each row that is read
     */
    void begin(long spent);

    /** The statement has returned. */
    void end();
}
