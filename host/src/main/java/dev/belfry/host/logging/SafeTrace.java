package dev.belfry.host.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;

/** Logback converter: writes a stack trace with each message on one line. */
public final class SafeTrace extends ThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy failure) {
        return super.throwableProxyToString(new OneLine(failure));
    }

    /** A throwable whose message is escaped. */
    private record OneLine(IThrowableProxy failure) implements IThrowableProxy {

        private static @Nullable IThrowableProxy of(@Nullable IThrowableProxy failure) {
            return failure == null ? null : new OneLine(failure);
        }

        private static @Nullable String encoded(@Nullable String message) {
            return message == null ? null : LogEscaping.of(message);
        }

        @Override
        public @Nullable String getMessage() {
            return encoded(failure.getMessage());
        }

        @Override
        public @Nullable String getOverridingMessage() {
            return encoded(failure.getOverridingMessage());
        }

        @Override
        public String getClassName() {
            return failure.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return failure.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return failure.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return of(failure.getCause());
        }

        @Override
        public IThrowableProxy @Nullable [] getSuppressed() {
            IThrowableProxy[] suppressed = failure.getSuppressed();
            if (suppressed == null) {
                return null;
            }
            IThrowableProxy[] encoded = new IThrowableProxy[suppressed.length];
            for (int i = 0; i < suppressed.length; i++) {
                encoded[i] = new OneLine(suppressed[i]);
            }
            return encoded;
        }

        @Override
        public boolean isCyclic() {
            return failure.isCyclic();
        }
    }
}
