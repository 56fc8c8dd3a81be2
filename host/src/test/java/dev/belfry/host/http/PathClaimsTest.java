package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PathClaimsTest {

    private final PathClaims claims = new PathClaims();

    @Test
    void pathsWithACommonBeginningOfANameDoNotOverlap() {
        claims.claim("/bell", "first", "first#1");

        claims.claim("/bells", "second", "second#1");

        assertThatThrownBy(() -> claims.claim("/bells/old", "first", "first#1"))
                .hasMessageContaining("the plugin 'second' has the path '/bells'");
    }

    @Test
    void generationsOfOnePluginShareAPathAndEachGivesBackItsOwn() {
        Runnable old = claims.claim("/bells", "first", "first#1");
        claims.claim("/bells", "first", "first#2");

        old.run();
        old.run();

        assertThatThrownBy(() -> claims.claim("/bells", "second", "second#1"))
                .hasMessageContaining("the plugin 'first' has the path '/bells'");
    }

    @Test
    void theHostHasWhatIsBelowItsPaths() {
        claims.reserve("/metrics");

        assertThat(claims.isHosts("/")).isTrue();
        assertThat(claims.isHosts("/metrics")).isTrue();
        assertThat(claims.isHosts("/metrics/jvm")).isTrue();
        assertThat(claims.isHosts("/metricsx")).isFalse();
        assertThatThrownBy(() -> claims.claim("/metrics/jvm", "first", "first#1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the path '/metrics' belongs to the host");
    }
}
