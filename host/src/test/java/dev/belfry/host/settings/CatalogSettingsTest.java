package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.config.ConfigFolder;
import dev.belfry.host.settings.CatalogSettings.Location;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogSettingsTest {

    @TempDir
    Path folder;

    private ConfigFolder config;

    @BeforeEach
    void folder() {
        config = new ConfigFolder(folder);
    }

    private CatalogSettings catalog(String content) {
        config.file("conf/app.yaml", content);
        return HostSettings.from(config.load("conf/app.yaml")).catalog();
    }

    private Path file(String content) {
        return catalog(content).locations().getFirst().file();
    }

    private Set<String> kinds(String content) {
        return catalog(content).locations().getFirst().allowedKinds();
    }

    @Test
    void aTargetIsRelativeToItsConfigurationFile() {
        config.file("conf/users.yaml", "").file("users.yaml", "");

        assertThat(file("catalog: {locations: [{type: file, target: users.yaml}]}"))
                .isEqualTo(folder.resolve("conf/users.yaml"));
    }

    @Test
    void aMissingTargetIsTakenFromTheWorkingDirectory() {
        config.file("users.yaml", "");

        assertThat(file("catalog: {locations: [{target: users.yaml}]}")).isEqualTo(folder.resolve("users.yaml"));
    }

    @Test
    void aTargetThatExistsNowhereIsExpectedBesideItsConfigurationFile() {
        assertThat(file("catalog: {locations: [{target: users.yaml}]}")).isEqualTo(folder.resolve("conf/users.yaml"));
    }

    @Test
    void aTargetMayBeAbsolute() {
        assertThat(file("catalog: {locations: [{target: /etc/users.yaml}]}")).isEqualTo(Path.of("/etc/users.yaml"));
    }

    @Test
    void withoutRulesUsersAndGroupsAreAllowed() {
        assertThat(kinds("catalog: {locations: [{target: u.yaml}]}")).containsExactlyInAnyOrder("user", "group");
    }

    @Test
    void rulesLimitTheKinds() {
        assertThat(kinds("catalog: {rules: [{allow: [Component, User]}], locations: [{target: u.yaml}]}"))
                .containsExactlyInAnyOrder("component", "user");
        assertThat(kinds("catalog: {rules: [], locations: [{target: u.yaml}]}")).isEmpty();
    }

    @Test
    void aLocationMayAddRules() {
        assertThat(kinds("""
                        catalog:
                          rules: [{allow: [Component]}]
                          locations: [{target: u.yaml, rules: [{allow: [User]}]}]
                        """)).containsExactlyInAnyOrder("component", "user");
    }

    @Test
    void aRuleMayBeLimitedToSomeLocations() {
        String rules = """
                catalog:
                  rules:
                    - allow: [User]
                      locations: [{type: file, exact: org/users.yaml}]
                    - allow: [Group]
                      locations: [{type: file, pattern: 'org/*.yaml'}]
                    - allow: [Component]
                      locations: [{type: url, pattern: 'https://github.com/**'}]
                """;

        assertThat(kinds(rules + "  locations: [{target: org/users.yaml}]")).containsExactlyInAnyOrder("user", "group");
        assertThat(kinds(rules + "  locations: [{target: org/teams.yaml}]")).containsExactly("group");
        assertThat(kinds(rules + "  locations: [{target: other.yaml}]")).isEmpty();
    }

    @Test
    void aLocationOfAnotherTypeIsIgnoredAndReported() {
        HostSettings settings =
                config.settings("catalog: {locations: [{type: url, target: 'https://x'}, {target: u.yaml}]}");

        assertThat(settings.catalog().locations()).extracting(Location::file).containsExactly(folder.resolve("u.yaml"));
        assertThat(config.ignored()).containsExactly("catalog.locations[0].target");
    }

    @Test
    void nestedGroupsAreOffByDefault() {
        assertThat(catalog("catalog: {}").nestedGroups()).isFalse();
        assertThat(catalog("catalog: {nestedGroups: true}").nestedGroups()).isTrue();
    }

    @Test
    void aLocationWithoutATargetIsAProblem() {
        assertThat(config.faults("catalog: {locations: [{type: file, traget: x}]}"))
                .containsExactlyInAnyOrder(
                        "app.yaml:1: catalog.locations[0].target: is required, and missing",
                        "app.yaml:1: catalog.locations[0].traget: unknown key; did you mean 'target'?"
                                + " allowed: rules, target, type");
    }
}
