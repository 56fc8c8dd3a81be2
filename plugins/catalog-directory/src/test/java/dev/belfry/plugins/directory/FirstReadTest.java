package dev.belfry.plugins.directory;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FirstReadTest {

    @Test
    void thePluginStartsBeforeTheFirstReadAndIsReadyAfterIt() {
        AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.of("not read yet"));
        FirstRead check = new FirstRead(problem::get);

        assertThatCode(check::check).doesNotThrowAnyException();
        assertThatThrownBy(check::check).hasMessage("not read yet");
        problem.set(Optional.empty());
        assertThatCode(check::check).doesNotThrowAnyException();
    }
}
