package dev.belfry.plugins.ldap;

import static org.awaitility.Awaitility.await;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.testkit.TestHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogLdapPluginIT {

    @Test
    void readsADirectoryFromItsJar() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            directory.addUser("grace");
            try (TestHost host = TestHost.with(CatalogLdapPlugin.class)
                    .fromBuiltJar()
                    .config("catalog-ldap.target", "ldap://127.0.0.1:" + directory.port())
                    .config("catalog-ldap.bind", Map.of("dn", TestDirectory.ADMIN, "secret", TestDirectory.PASSWORD))
                    .config("catalog-ldap.users", List.of(Map.of("dn", "ou=people,dc=example,dc=org")))
                    .start()) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> host.catalog().contains(EntityRef.user("default", "grace")));
            }
        }
    }
}
