package dev.belfry.plugins.keycloak;

import static org.awaitility.Awaitility.await;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.testkit.TestHost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CatalogKeycloakPluginIT {

    @Test
    void readsARealmFromItsJar() throws Exception {
        try (FakeKeycloak keycloak = new FakeKeycloak()) {
            keycloak.list("/users", "{\"id\": \"1\", \"username\": \"grace\", \"enabled\": true}");
            try (TestHost host = CatalogKeycloakPluginTest.host(keycloak)
                    .fromBuiltJar()
                    .config("belfry.outgoing.allow", "127.0.0.1")
                    .start()) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> host.catalog().contains(EntityRef.user("default", "grace")));
            }
        }
    }
}
