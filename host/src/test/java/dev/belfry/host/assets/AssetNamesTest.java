package dev.belfry.host.assets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app-3f9c2a1b.js",
                "app.3f9c2a1b.css",
                "js/chunk-0a1b2c3d4e5f60718293.mjs",
                "app-3f9c2a1b.js.map",
                "a-b-deadbee1.woff2"
            })
    void aHashInTheNameIsRecognized(String name) {
        assertThat(AssetNames.hasHash(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.js",
                "app-settings.js",
                "report-20261128.js",
                "app-deadbeef.js",
                "app-3f9c2a1.js",
                "app-3F9C2A1B.js",
                "3f9c2a1b.js",
                "app-3f9c2a1b",
                "app-3f9c2a1b/app.js",
                "app3f9c2a1b.js"
            })
    void wordsDatesAndFoldersAreNoHash(String name) {
        assertThat(AssetNames.hasHash(name)).isFalse();
    }
}
