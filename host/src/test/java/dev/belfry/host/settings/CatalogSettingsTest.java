package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

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
        return catalog(content).locations().getFirst().place() instanceof CatalogPlace.OnDisk file
                ? file.path()
                : fail("the location is no file");
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
        assertThat(kinds("catalog: {locations: [{target: u.yaml}]}"))
                .containsExactlyInAnyOrder("user", "group", "location");
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
    void rulesMayBeLimitedToUrls() {
        String rules = """
            catalog:
              rules:
                - allow: [User]
                  locations: [{type: url, pattern: 'https://github.com/o/*/blob/main/**'}]
              locations: [{type: url, target: 'https://github.com/o/r/blob/main/%s/users.yaml'}]
            """;

        assertThat(kinds(rules.formatted("org"))).containsExactly("user");
        assertThat(catalog(rules.replace("/o/r/", "/other/r/").formatted("org")).locations())
                .as("a URL that can have neither users nor groups is left out")
                .isEmpty();
    }

    @Test
    void allowedKindsMayBeObjects() {
        config.file("u.yaml", "");

        assertThat(config.settings("""
            catalog:
              rules: [{allow: [{kind: Group, spec.type: team}, User]}]
              locations: [{target: u.yaml, rules: [{allow: [{kind: Location}]}]}]
            """).catalog().locations().getFirst().allowedKinds())
                .containsExactlyInAnyOrder("location", "group", "user");
        assertThat(config.warnings())
                .containsExactly("app.yaml:2: catalog.rules[0].allow[0].spec.type: has no effect: the rule allows all"
                        + " entities of the kind");
    }

    @Test
    void aMisspelledKindIsAWarningWithTheNearOne() {
        config.file("u.yaml", "");

        config.settings("""
            catalog:
              rules: [{allow: [usr, Component, Gizmo, {kind: Gruop}]}]
              locations: [{target: u.yaml, rules: [{allow: 'User, Locaton'}]}]
            """);

        String only = "'? It allows entities of the kind '";
        assertThat(config.warnings())
                .containsExactlyInAnyOrder(
                        "app.yaml:2: catalog.rules[0].allow[0]: 'usr' is no kind of Backstage; did you mean 'User"
                                + only + "usr' only",
                        "app.yaml:2: catalog.rules[0].allow[3]: 'Gruop' is no kind of Backstage; did you mean 'Group"
                                + only + "Gruop' only",
                        "app.yaml:3: catalog.locations[0].rules[0].allow[1]: 'Locaton' is no kind of Backstage; did you mean"
                                + " 'Location" + only + "Locaton' only");
    }

    @Test
    void aPatternIsSoughtByItsFolder() {
        config.file("packages/org/users/a.yaml", "");

        assertThat(file("catalog: {locations: [{target: '../packages/org/users/*.yaml'}]}"))
                .isEqualTo(folder.resolve("packages/org/users/*.yaml"));
        assertThat(file("catalog: {locations: [{target: './packages/org/*/*.yaml'}]}"))
                .isEqualTo(folder.resolve("packages/org/*/*.yaml"));
    }

    @Test
    void aLocationOfAnotherTypeAndAProviderWarnAndSayWhatToWrite() {
        config.file("u.yaml", "");
        HostSettings settings = config.settings("""
            catalog:
              providers: {ldapOrg: {default: {target: 'ldaps://x'}}}
              locations:
                - {type: github-discovery, target: 'https://github.com/o'}
                - {target: u.yaml}
            """);

        assertThat(settings.catalog().locations())
                .extracting(Location::place)
                .containsExactly(new CatalogPlace.OnDisk(folder.resolve("u.yaml")));
        assertThat(config.warnings())
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith(
                                "app.yaml:2: catalog.providers.ldapOrg: has no effect: to read users and groups from LDAP, copy"
                                        + " optional-plugins/catalog-ldap-*.jar"))
                .anySatisfy(
                        warning -> assertThat(warning)
                                .startsWith(
                                        "app.yaml:4: catalog.locations[0].type: 'github-discovery' is not read: Belfry reads"
                                                + " locations of the types file and url; write the users and groups to a file"));
    }

    @Test
    void theProcessingIntervalIsReadAsBackstageReadsIt() {
        assertThat(catalog("catalog: {processingInterval: {minutes: 30}}").processingInterval())
                .hasMinutes(30);
        assertThat(catalog("catalog: {processingInterval: 1s}").processingInterval())
                .hasSeconds(10);
        assertThat(catalog("catalog: {processingInterval: false}").processingInterval())
                .hasMinutes(5);
    }

    @Test
    void integrationsAreReadAndTheirTokensAreSecrets() {
        config.variable("TOKEN", "t0ken");
        HostSettings settings = config.settings("""
            integrations:
              github: [{host: GHE.example, token: '${TOKEN}', apps: [{appId: 1}]}]
              gitlab: [{token: '${TOKEN}', apiBaseUrl: 'https://gitlab.com/api/v4'}]
              bitbucketCloud: [{username: x, appPassword: '${UNSET}'}]
            """);

        assertThat(settings.catalog().integrations().github().getFirst().host()).isEqualTo("ghe.example");
        assertThat(settings.catalog().integrations().gitlab().getFirst().host()).isEqualTo("gitlab.com");
        assertThat(settings.catalog().toString()).doesNotContain("t0ken");
        assertThat(config.ignored())
                .containsExactlyInAnyOrder("integrations.bitbucketCloud", "integrations.github[0].apps");
    }

    @Test
    void credentialsThatCannotBeUsedAreAWarningIfALocationIsOnTheirServer() {
        config.settings("""
            catalog:
              rules: [{allow: [User, Group]}]
              locations:
                - {type: url, target: 'https://Git.example:3000/org/people/src/branch/main/all.yaml'}
                - {type: url, target: 'https://dev.azure.com/org/_git/people?path=/all.yaml'}
                - {type: url, target: 'https://github.com/org/people/blob/main/all.yaml'}
            integrations:
              azure: [{credentials: [{personalAccessToken: x}]}]
              bitbucketCloud: [{username: x, appPassword: x}]
              gitea: [{host: other.example, password: x}, {host: 'git.example:3000', password: x}]
              github: [{apps: [{appId: 1}]}, {host: ghe.example, apps: [{appId: 2}]}]
            """);

        assertThat(config.warnings())
                .extracting(warning -> warning.replaceFirst(".*app.yaml:", ""))
                .containsExactlyInAnyOrder(
                        "8: integrations.azure[0]: has no effect: Belfry logs in to GitHub and GitLab only, by a token."
                                + " It reads https://dev.azure.com/org/_git/people of catalog.locations without credentials",
                        "10: integrations.gitea[1]: has no effect: Belfry logs in to GitHub and GitLab only, by a token."
                                + " It reads https://Git.example:3000/org/people/src/branch/main/all.yaml of"
                                + " catalog.locations without credentials",
                        "11: integrations.github[0].apps: has no effect: Belfry logs in to GitHub and GitLab only, by a"
                                + " token. It reads https://github.com/org/people/blob/main/all.yaml of catalog.locations"
                                + " without credentials; set token beside it");
    }

    @Test
    void credentialsForLocationsWithoutUsersAreNoWarning() {
        config.settings("""
            catalog:
              locations:
                - {type: url, target: 'https://github.com/org/a/blob/main/t.yaml', rules: [{allow: [Template]}]}
              rules: [{allow: [Component]}]
            integrations:
              github: [{apps: [{appId: 1}]}]
            """);

        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void aTokenThatNoHeaderCanHaveIsRefusedWithoutItsText() {
        assertThat(config.faults("integrations: {github: [{token: \"two\\nlines\"}]}"))
                .singleElement()
                .asString()
                .contains("integrations.github[0]: the token has characters that an HTTP header cannot have")
                .doesNotContain("two");
    }

    @Test
    void nestedGroupsAreOffByDefault() {
        assertThat(catalog("catalog: {}").nestedGroups()).isFalse();
        assertThat(catalog("catalog: {nestedGroups: true}").nestedGroups()).isTrue();
    }

    @Test
    void aUrlWithoutTheTypeUrlIsLeftOutWithAWarning() {
        assertThat(catalog("catalog: {locations: [{target: 'https://example.org/users.yaml'}]}")
                        .locations())
                .isEmpty();
        assertThat(config.warnings())
                .containsExactly(
                        "conf/app.yaml:1: catalog.locations[0].target: is not read: it is a URL, but the type of the"
                                + " location is file; write type: url");
    }

    @Test
    void aFileUrlIsLeftOutWithAWarning() {
        assertThat(catalog("catalog: {locations: [{type: file, target: 'file:///srv/users.yaml'}]}")
                        .locations())
                .isEmpty();
        assertThat(config.warnings())
                .containsExactly(
                        "conf/app.yaml:1: catalog.locations[0].target: is not read: it is a URL of the scheme file;"
                                + " write the path alone, such as /srv/users.yaml");
    }

    @Test
    void anEmptyTargetIsLeftOutWithAWarning() {
        assertThat(catalog("catalog: {locations: [{target: ''}, {target: users.yaml}]}")
                        .locations())
                .hasSize(1);
        assertThat(config.warnings())
                .contains("conf/app.yaml:1: catalog.locations[0].target: is not read: it is empty; write the path of a"
                        + " file");
    }

    @Test
    void aMisspelledKeyOfALocationIsAProblem() {
        assertThat(config.faults("catalog: {locations: [{type: file, traget: x}]}"))
                .containsExactly("app.yaml:1: catalog.locations[0].traget: unknown key; did you mean 'target'?"
                        + " allowed: rules, target, type");
    }

    @Test
    void theBeginningOfALongTargetThatIsNoUrlIsShown() {
        String target = "https://git.example/<company>/people/-/blob/main/" + "a".repeat(40) + "/users.yaml";
        config.settings("catalog: {locations: [{type: url, target: '" + target + "'}]}");

        assertThat(config.warnings())
                .contains("app.yaml:1: catalog.locations[0].target: must be a URL such as"
                        + " https://github.com/o/r/blob/main/users.yaml, not '" + target.substring(0, 80)
                        + "...'. The entry is left out");
    }

    @Test
    void aLoginAtTheBeginningOfALongTargetIsNotShown() {
        String password = "hunter22".repeat(20);
        config.settings(
                "catalog: {locations: [{type: url, target: 'https://ada:" + password + "@git.example/<o>/r'}]}");

        assertThat(config.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("not 'https://ada:***@git.example/<o>/r'"))
                .noneSatisfy(warning -> assertThat(warning).contains("hunter22"));
    }

    @Test
    void aFaultyLocationIsLeftOutAndTheOthersAreRead() {
        assertThat(config.settings(
                                "catalog: {locations: [{type: url, target: ./a.yaml}, {type: file}, {target: b.yaml}]}")
                        .catalog()
                        .locations())
                .hasSize(1);
        assertThat(config.warnings())
                .contains(
                        "app.yaml:1: catalog.locations[0].target: must be a URL such as"
                                + " https://github.com/o/r/blob/main/users.yaml, not './a.yaml'. The entry is left out",
                        "app.yaml:1: catalog.locations[1].target: is required, and missing. The entry is left out");
    }
}
