package dev.belfry.host.assets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, br;q=0.8 | 1.0 | 0.8 | 0.0001",
                "GZIP ; q=0.25, * | 0.25 | 1.0 | 0.0001",
                "*;q=0 | 0.0 | 0.0 | 0.0",
                "*;q=0, identity;q=0.5 | 0.0 | 0.0 | 0.5",
                "gzip;q=0.000, br;q=1.000 | 0.0 | 1.0 | 0.0001",
                "gzip;q=2, br;q=abc | 0.0 | 0.0 | 0.0001",
                "'' | 0.0 | 0.0 | 0.0001",
                ", , gzip;;q=1 | 0.0 | 0.0 | 0.0001"
            })
    void everyEncodingHasAWeight(String header, double gzip, double brotli, double identity) {
        AcceptEncoding accepted = AcceptEncoding.parse(header);

        assertThat(accepted.weightOf("gzip")).isEqualTo(gzip);
        assertThat(accepted.weightOf("br")).isEqualTo(brotli);
        assertThat(accepted.weightOf("identity")).isEqualTo(identity);
    }

    @Test
    void withoutTheHeaderOnlyTheOriginalIsAccepted() {
        AcceptEncoding accepted = AcceptEncoding.parse(null);

        assertThat(accepted.weightOf("gzip")).isZero();
        assertThat(accepted.weightOf("identity")).isPositive();
    }
}
