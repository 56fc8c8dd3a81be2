package dev.belfry.plugins.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.Secret;
import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.plugins.directory.LeftOutLog;
import dev.belfry.plugins.directory.Schedule;
import dev.belfry.plugins.ldap.CatalogLdapConfig.Bind;
import dev.belfry.plugins.ldap.CatalogLdapConfig.GroupMap;
import dev.belfry.plugins.ldap.CatalogLdapConfig.GroupSearch;
import dev.belfry.plugins.ldap.CatalogLdapConfig.Tls;
import dev.belfry.plugins.ldap.CatalogLdapConfig.UserMap;
import dev.belfry.plugins.ldap.CatalogLdapConfig.UserSearch;
import dev.belfry.plugins.ldap.SearchOptions.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.SubstituteLogger;

/** What a read of a directory returns. */
class LdapDirectoryTest {

    private static final String PEOPLE = "ou=people,dc=example,dc=org";
    private static final String GROUPS = "ou=groups,dc=example,dc=org";
    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef TEAM = EntityRef.group("default", "team");
    private static final Bind BIND = new Bind(TestDirectory.ADMIN, Secret.of(TestDirectory.PASSWORD));

    @TempDir
    private Path folder;

    private static CatalogLdapConfig config(
            String target, @Nullable Bind bind, @Nullable Tls tls, @Nullable SearchOptions options, GroupMap map) {
        return new CatalogLdapConfig(
                URI.create(target),
                bind,
                tls,
                List.of(new UserSearch(PEOPLE, options, null)),
                List.of(new GroupSearch(GROUPS, options, map)),
                null,
                null,
                null);
    }

    private static Map<EntityRef, CatalogEntity> read(CatalogLdapConfig config) throws Exception {
        return new LdapDirectory(config, new LeftOutLog(LoggerFactory.getLogger(LdapDirectoryTest.class)))
                .read().stream().collect(Collectors.toMap(CatalogEntity::ref, Function.identity()));
    }

    private static Map<EntityRef, CatalogEntity> read(TestDirectory directory) throws Exception {
        return read(config("ldap://127.0.0.1:" + directory.port(), BIND, null, null, GroupMap.DEFAULT));
    }

    private static CatalogEntity entity(Map<EntityRef, CatalogEntity> entities, EntityRef ref) {
        return Objects.requireNonNull(entities.get(ref));
    }

    @Test
    void aServerOfAnotherProtocolIsNamedInPlainWords() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> refuseInHttp(server));
            String port = "127.0.0.1:" + server.getLocalPort();
            assertThatThrownBy(() -> read(config("ldap://" + port, BIND, null, null, GroupMap.DEFAULT)))
                    .hasMessage("ldap://" + port
                            + ": the server does not answer in LDAP: check the port, and whether it expects"
                            + " ldaps");
            assertThatThrownBy(() -> read(config("ldaps://" + port, BIND, null, null, GroupMap.DEFAULT)))
                    .hasMessage(
                            "ldaps://" + port + ": no encrypted connection can be made: check the port, and whether the"
                                    + " server offers TLS");
        }
    }

    private static void refuseInHttp(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream()
                        .write(("HTTP/1.1 400 Bad Request\r\nServer: " + "x".repeat(200) + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().readNBytes(1);
            } catch (IOException e) {
                // The test is over, or the client has gone.
            }
        }
    }

    @Test
    void anUnreachableServerIsNamedInPlainWords() {
        assertThatThrownBy(() -> read(config("ldap://127.0.0.1:1", BIND, null, null, GroupMap.DEFAULT)))
                .hasMessage("ldap://127.0.0.1:1: connection refused");
        assertThatThrownBy(() -> read(config("ldaps://ldap.invalid", BIND, null, null, GroupMap.DEFAULT)))
                .hasMessage("ldaps://ldap.invalid: the host is unknown");
    }

    @Test
    void usersHaveNamesAddressesAndGroups() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            directory.addUser(
                    "ada",
                    "cn: Ada Lovelace",
                    "mail: ada@example.org",
                    "memberOf: CN=Owners, ou=groups,dc=example,dc=org");
            directory.addUser("bob");
            directory.addGroup(
                    "team", "member: uid=ADA,ou=People,dc=example,dc=org", "member: cn=nobody,dc=example,dc=org");
            directory.addGroup("owners", "memberOf: cn=team,ou=groups,dc=example,dc=org");

            Map<EntityRef, CatalogEntity> entities = read(directory);
            CatalogEntity ada = entity(entities, ADA);
            assertThat(ada.displayName()).contains("Ada Lovelace");
            assertThat(ada.email()).contains("ada@example.org");
            assertThat(ada.memberOf()).containsExactlyInAnyOrder(TEAM, EntityRef.group("default", "owners"));
            assertThat(entity(entities, EntityRef.user("default", "bob")).memberOf())
                    .isEmpty();
            assertThat(entity(entities, EntityRef.group("default", "owners")).memberOf())
                    .containsExactly(TEAM);
            assertThat(entities).hasSize(4);
        }
    }

    @Test
    void membersCanBeNamesOfUsers() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            directory.addUser("ada");
            directory.addGroup("team", "memberUid: Ada");
            GroupMap byName = new GroupMap(null, null, null, null, "memberUid", null, null, null, null);
            Map<EntityRef, CatalogEntity> entities =
                    read(config("ldap://127.0.0.1:" + directory.port(), BIND, null, null, byName));

            assertThat(entity(entities, ADA).memberOf()).containsExactly(TEAM);
        }
    }

    /** Active Directory returns the members of a large group in parts. */
    @Test
    void membersInRangesAreAllRead() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            directory.addUser("ada");
            directory.addUser("bob");
            directory.addUser("carol");
            directory.addGroup(
                    "team",
                    "member;range=0-1: uid=bob," + PEOPLE,
                    "member;range=0-1: uid=carol," + PEOPLE,
                    "member;range=2-*: uid=ada," + PEOPLE);
            Map<EntityRef, CatalogEntity> entities = read(directory);

            assertThat(entity(entities, ADA).memberOf()).containsExactly(TEAM);
            assertThat(entity(entities, EntityRef.user("default", "carol")).memberOf())
                    .containsExactly(TEAM);
        }
    }

    @Test
    void filterAndScopeSelectEntries() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            directory.addUser("ada", "employeeType: active");
            directory.addUser("bob", "employeeType: retired");
            directory.add("ou=london," + PEOPLE, "objectClass: organizationalUnit");
            directory.add(
                    "uid=carol,ou=london," + PEOPLE,
                    "objectClass: inetOrgPerson",
                    "uid: carol",
                    "employeeType: active");
            String target = "ldap://127.0.0.1:" + directory.port();
            String active = "(employeeType=active)\n";

            assertThat(read(config(target, BIND, null, new SearchOptions(active, null, null), GroupMap.DEFAULT)))
                    .containsOnlyKeys(ADA);
            assertThat(read(config(target, BIND, null, new SearchOptions(active, Scope.SUB, null), GroupMap.DEFAULT)))
                    .containsOnlyKeys(ADA, EntityRef.user("default", "carol"));
        }
    }

    @Test
    void everyPageIsRead() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            for (int i = 0; i < 25; i++) {
                directory.addUser("user" + i);
            }

            assertThat(read(config(
                            "ldap://127.0.0.1:" + directory.port(),
                            BIND,
                            null,
                            new SearchOptions(null, null, 10),
                            GroupMap.DEFAULT)))
                    .hasSize(25);
        }
    }

    @Test
    void aSearchThatTheDirectoryEndsEarlyIsAnError() throws Exception {
        try (TestDirectory directory = TestDirectory.withSizeLimit(3)) {
            for (int i = 0; i < 5; i++) {
                directory.addUser("user" + i);
            }

            assertThatThrownBy(() -> read(directory)).hasMessageContaining("size limit exceeded");
        }
    }

    @Test
    void namesThatTheCatalogCannotHaveAreChangedOrLeftOut() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            directory.addUser("ada");
            directory.addGroup("Domain Admins (EU)", "member: uid=ada," + PEOPLE);
            directory.addGroup("Domain_Admins_EU");
            directory.addGroup("***");
            Map<EntityRef, CatalogEntity> entities = read(directory);

            assertThat(entity(entities, ADA).memberOf())
                    .containsExactly(EntityRef.group("default", "domain_admins_eu"));
            assertThat(entities).hasSize(2);
        }
    }

    @Test
    void ldapsVerifiesTheCertificate() throws Exception {
        try (TestDirectory directory = TestDirectory.withTls(folder, false)) {
            directory.addUser("ada");
            String target = "ldaps://127.0.0.1:" + directory.port();

            assertThat(read(config(target, BIND, new Tls(null, folder.resolve("ca.pem")), null, GroupMap.DEFAULT)))
                    .containsOnlyKeys(ADA);
            assertThatThrownBy(() -> read(config(target, BIND, null, null, GroupMap.DEFAULT)))
                    .hasMessage(target
                            + ": the certificate of the server is signed by no CA that is trusted: set tls.ca to a file"
                            + " with that CA");
        }
    }

    @Test
    void aFileOfTrustedCertificatesThatCannotBeReadIsNamed() throws Exception {
        Path missing = folder.resolve("missing.pem");
        Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");

        assertFaulty(missing, "the file '" + missing + "' does not exist");
        assertFaulty(
                text,
                "the file '" + text
                        + "' must have certificates in PEM form, and nothing else. A binary certificate (DER) is"
                        + " converted with 'openssl x509 -inform der -in old -out new.pem'");
        assertFaulty(folder, "'" + folder + "' is not a file that the user of the host can read");
    }

    private static void assertFaulty(Path ca, String problem) {
        CatalogLdapConfig config = config("ldaps://127.0.0.1:1", BIND, new Tls(null, ca), null, GroupMap.DEFAULT);

        assertThat(config.warnings())
                .isEqualTo(Map.of("tls.ca", problem + ". The directory cannot be read until that is corrected"));
        assertThatThrownBy(() -> read(config)).hasMessage("tls.ca: " + problem);
    }

    @Test
    void anEntryWithoutAnAttributeForItsNameIsNamedWithTheKeyToWrite() throws Exception {
        Queue<SubstituteLoggingEvent> log = new ArrayDeque<>();
        try (TestDirectory directory = TestDirectory.start()) {
            directory.addUser("ada");
            directory.addGroup("***");
            CatalogLdapConfig config = new CatalogLdapConfig(
                    URI.create("ldap://127.0.0.1:" + directory.port()),
                    BIND,
                    null,
                    List.of(new UserSearch(
                            PEOPLE, null, new UserMap(null, "employeeNumber", null, null, null, null, null))),
                    List.of(new GroupSearch(GROUPS, null, null)),
                    null,
                    null,
                    null);

            LeftOutLog leftOut = new LeftOutLog(new SubstituteLogger("left out", log, false));
            assertThat(new LdapDirectory(config, leftOut).read()).isEmpty();
        }
        assertThat(log)
                .extracting(SubstituteLoggingEvent::getMessage)
                .anySatisfy(message -> assertThat(message)
                        .startsWith("uid=ada," + PEOPLE + " is left out: it has no attribute 'employeeNumber'. Write")
                        .endsWith("to users[].map.name"))
                .anySatisfy(message -> assertThat(message).contains("its name '***' cannot be a name in the catalog"));
    }

    @Test
    void startTlsEncryptsBeforeTheBind() throws Exception {
        try (TestDirectory directory = TestDirectory.withTls(folder, true)) {
            directory.addUser("ada");
            Tls tls = new Tls(true, folder.resolve("ca.pem"));
            String target = "ldap://127.0.0.1:" + directory.port();

            assertThat(read(config(target, BIND, tls, null, GroupMap.DEFAULT))).containsOnlyKeys(ADA);
            assertThatThrownBy(() -> read(config(target, BIND, new Tls(true, null), null, GroupMap.DEFAULT)))
                    .hasMessageContaining("certificate");
        }
        try (TestDirectory plain = TestDirectory.start()) {
            assertThatThrownBy(() -> read(config(
                            "ldap://127.0.0.1:" + plain.port(), BIND, new Tls(true, null), null, GroupMap.DEFAULT)))
                    .hasMessageContaining("StartTLS failed");
        }
    }

    @Test
    void aWrongPasswordIsAnErrorThatDoesNotShowIt() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            String target = "ldap://127.0.0.1:" + directory.port();
            Bind wrong = new Bind(TestDirectory.ADMIN, Secret.of("wrong battery"));

            assertThatThrownBy(() -> read(config(target, wrong, null, null, GroupMap.DEFAULT)))
                    .hasMessageContaining(target + ": invalid credentials")
                    .hasMessageNotContaining("battery");
            assertThatThrownBy(() -> read(config(target, null, null, null, GroupMap.DEFAULT)))
                    .hasMessageContaining("insufficient access rights");
        }
    }

    @Test
    void aReadHasATimeLimit() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            for (int i = 0; i < 3000; i++) {
                directory.addUser("user" + i);
            }
            CatalogLdapConfig slow = new CatalogLdapConfig(
                    URI.create("ldap://127.0.0.1:" + directory.port()),
                    BIND,
                    null,
                    List.of(new UserSearch(PEOPLE, new SearchOptions(null, null, 1), null)),
                    List.of(),
                    null,
                    new Schedule(null, Duration.ofSeconds(1), null, null),
                    null);

            assertThatThrownBy(() -> read(slow)).hasMessage("reading took longer than schedule.timeout, which is PT1S");
        }
    }

    @Test
    void aWrongConfigurationIsRefused() {
        assertThatThrownBy(() -> config("https://example.org", null, null, null, GroupMap.DEFAULT))
                .hasMessage("target must have the form ldaps://host or ldap://host, not https://example.org");
        assertThatThrownBy(() -> new SearchOptions("(uid=", null, null))
                .hasMessage(
                        "filter '(uid=' is not a search filter of LDAP such as (objectClass=person): its parentheses are not"
                                + " balanced");
        assertThatThrownBy(() -> new SearchOptions("(uid)", null, null))
                .hasMessage("filter '(uid)' is not a search filter of LDAP such as (objectClass=person)");
        assertThatThrownBy(() -> new SearchOptions(null, null, 0)).hasMessage("pageSize must be 1 to 10000, not 0");
    }
}
