package dev.belfry.notifications.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferHeaderTest {

    private static Optional<Duration> waitIn(String... headers) {
        return PreferHeader.wait(Collections.enumeration(List.of(headers)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait=25",
                "WAIT = 25",
                "wait=\"25\"",
                "wait=0025",
                "respond-async, wait=25",
                "respond-async;x=\"a, wait=7\",wait=25;y=z;q",
                "x=\"\\\", wait=7\", wait=25",
                ",, ;;, wait=25, wait=10",
                "return=minimal;wait=9, wait=25"
            })
    void waitIsOneOfThePreferences(String header) {
        assertThat(waitIn(header)).contains(Duration.ofSeconds(25));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=\"\"",
                "wait=-1",
                "wait=2.5",
                "wait=1 2",
                "wait=0x10",
                "wait=\"25",
                "wait=٢٥",
                "wait=x, wait=25",
                "waits=25",
                "x=\"wait=25",
                "=25",
                "respond-async; wait=25"
            })
    void aMalformedPreferenceIsIgnored(String header) {
        assertThat(waitIn(header)).isEmpty();
    }

    @Test
    void theFirstOfAllHeadersCounts() {
        assertThat(waitIn("return=minimal", "wait=3", "wait=4")).contains(Duration.ofSeconds(3));
        assertThat(waitIn()).isEmpty();
    }

    @Test
    void aVeryLargeNumberIsCapped() {
        assertThat(waitIn("wait=99999999999999999999999").orElseThrow()).isGreaterThan(Duration.ofDays(1));
        assertThat(waitIn("wait=0")).contains(Duration.ZERO);
    }
}
