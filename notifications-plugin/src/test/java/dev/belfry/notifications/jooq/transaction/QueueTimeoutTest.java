package dev.belfry.notifications.jooq.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.DatabaseUnavailable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueueTimeoutTest {

    @Test
    void meansThatTheDatabaseIsBusy() {
        DatabaseUnavailable failure = QueueTimeout.after(Duration.ofMillis(50));

        assertThat(failure).hasMessage("no turn at the database within 50 ms");
        assertThat(failure.reason()).isEqualTo(DatabaseUnavailable.Reason.BUSY);
    }
}
