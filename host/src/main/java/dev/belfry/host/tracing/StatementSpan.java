package dev.belfry.host.tracing;

/** The span of one execution of a statement. */
public interface StatementSpan {

    StatementSpan NONE = new StatementSpan() {
        @Override
        public void failed(Throwable failure) {}

        @Override
        public void end(long rows) {}
    };

    void failed(Throwable failure);

    /** @param rows that were read or changed; negative when unknown */
    void end(long rows);
}
