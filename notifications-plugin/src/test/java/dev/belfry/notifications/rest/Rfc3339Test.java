package dev.belfry.notifications.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.storage.contract.Property;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
        "2026-01-01t00:00:00z, 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00, 2026-01-01T00:00:00Z",
        "2026-01-01 00:00:00, 2026-01-01T00:00:00Z",
        "2026-01-01T00:00, 2026-01-01T00:00:00Z",
        "2026-01-01T00:00Z, 2026-01-01T00:00:00Z",
        "2026-01-01T02:00:00+02:00, 2026-01-01T00:00:00Z",
        "2026-01-01T02:00:00 02:00, 2026-01-01T00:00:00Z",
        "2025-12-31T18:30:00-05:30, 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00-00:00, 2026-01-01T00:00:00Z",
        "2026-01-01T23:59:00+23:59, 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.5, 2026-01-01T00:00:00.5Z",
        "2026-01-01T00:00:00.123456, 2026-01-01T00:00:00.123456Z",
        "2026-01-01T00:00:00.1234567891234Z, 2026-01-01T00:00:00.123456789Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z"
    })
    void readsPointsInTime(String text, Instant instant) {
        assertThat(Rfc3339.parse(text)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-01-01",
                "2026-13-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:61Z",
                "2026-01-01T00:00:00+24:00",
                "2026-01-01T00:00:00+01:60",
                "2026-01-01T00:00:00+0100",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00.5Z",
                "26-01-01T00:00:00Z",
                "2026-01-01T00:00:00ZZ",
                "٢٠٢٦-01-01T00:00:00Z",
                " 2026-01-01T00:00:00Z",
                "1767225600000"
            })
    void refusesEverythingElse(String text) {
        assertThat(Rfc3339.parse(text)).isEmpty();
    }

    @Test
    void parsesWhatJavaPrints() throws Exception {
        Property.holds(500, random -> {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-60_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000_000));
            OffsetDateTime somewhere =
                    instant.atOffset(ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1)));
            assertThat(Rfc3339.parse(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(somewhere)))
                    .contains(instant);
            assertThat(Rfc3339.parse(instant.toString())).contains(instant);
            assertThat(Rfc3339.parse(
                            instant.atOffset(ZoneOffset.UTC).toLocalDateTime().toString()))
                    .contains(instant);
        });
    }
}
