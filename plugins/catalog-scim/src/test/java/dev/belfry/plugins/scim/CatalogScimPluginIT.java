package dev.belfry.plugins.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.testkit.TestHost;
import org.junit.jupiter.api.Test;

class CatalogScimPluginIT {

    @Test
    void storesUsersFromItsJar() {
        try (TestHost host =
                TestHost.with(CatalogScimPlugin.class).fromBuiltJar().start()) {
            ScimClient idp = new ScimClient(host);
            String id = idp.createUser("bjensen");
            idp.patch(
                    "/Groups/" + idp.createGroup("Guides"),
                    "[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id + "\"}]}]");

            assertThat(idp.find("Users", "userName eq \"bjensen\"")
                            .get("totalResults")
                            .intValue())
                    .isEqualTo(1);
        }
    }
}
