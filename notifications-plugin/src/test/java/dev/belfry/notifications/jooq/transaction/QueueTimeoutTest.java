package dev.belfry.notifications.jooq.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueueTimeoutTest {

    @Test
    void isAFailureOfTheConnection() {
        assertThat(QueueTimeout.after(Duration.ofMillis(50)))
                .hasMessageContaining("no turn at the database within 50 ms")
                .hasCauseInstanceOf(SQLTransientConnectionException.class);
    }
}
