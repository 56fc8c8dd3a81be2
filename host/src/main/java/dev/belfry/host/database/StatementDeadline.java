package dev.belfry.host.database;

/** Cuts off what takes too long on one connection. Its statements work one at a time. */
interface StatementDeadline {

    /** Of a connection that needs none: the server cuts off by itself, or nothing does. */
    StatementDeadline NONE = new StatementDeadline() {
        @Override
        public void begin(long spent) {}

        @Override
        public void end() {}
    };

    /**
     * A statement goes to work.
     *
     * @param spent nanoseconds that it has worked before: a query does so again with each row that is asked for
     */
    void begin(long spent);

    /** The statement has come back. */
    void end();
}
