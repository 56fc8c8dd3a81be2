package dev.belfry.plugins.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.testkit.TestHost;
import org.junit.jupiter.api.Test;

class HelloPluginIT {

    @Test
    void greetsFromItsJar() {
        try (TestHost host = TestHost.with(HelloPlugin.class).fromBuiltJar().start()) {
            assertThat(host.as("ada").post("/api/hello/greetings/bell").body()).contains("Hello, bell!");
        }
    }
}
