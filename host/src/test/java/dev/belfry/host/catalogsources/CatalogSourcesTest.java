package dev.belfry.host.catalogsources;

import static dev.belfry.host.DropFolder.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two plugins publish users and groups to a host whose catalog file has the user {@code guest}. */
class CatalogSourcesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private DropFolder drop;
    private RunningHost host;

    @BeforeEach
    void start() {
        drop = new DropFolder(folder);
        drop.drop(directory("first", "1.0.0"), "first.jar");
        drop.drop(directory("second", "1.0.0"), "second.jar");
        host = RunningHost.start(folder, "catalog: { nestedGroups: true }");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private static PluginJar directory(String id, String version) {
        return PluginJar.of(DirectoryPlugin.class, id, version);
    }

    private void publish(String plugin, String... lines) {
        assertThat(host.postJson("/api/" + plugin + "/publish", String.join("\n", lines))
                        .statusCode())
                .isEqualTo(200);
    }

    private String groupsOf(String user) {
        return host.get("/api/first/groups/" + user).body();
    }

    @Test
    void publishedUsersBelongToGroupsOfEverySource() throws Exception {
        publish("first", "user:default/ada team", "team engineering");
        publish("second", "engineering");

        assertThat(groupsOf("ada")).isEqualTo("[group:default/engineering, group:default/team]");

        Files.writeString(folder.resolve("catalog.yaml"), """
                kind: User
                metadata: { name: guest }
                spec: { memberOf: [team] }
                """);
        awaitAnswer(host, "/api/first/groups/guest", "[group:default/engineering, group:default/team]");
    }

    @Test
    void aPublicationReplacesTheLastOneOfItsPluginOnly() {
        publish("first", "user:default/ada");
        publish("second", "user:default/bob");
        publish("first", "user:default/carol");

        assertThat(groupsOf("ada")).isEqualTo("unknown");
        assertThat(groupsOf("bob")).isEqualTo("[]");
        assertThat(groupsOf("carol")).isEqualTo("[]");
    }

    @Test
    void theFirstOfTwoEntitiesCountsAndTheLogSaysSoOnce() {
        CapturedLog log = CapturedLog.of("dev.belfry.host.catalog.EntityMerge");
        publish("first", "team");
        publish("second", "user:default/guest team", "user:default/bob", "team");
        publish("second", "user:default/guest team", "user:default/carol", "team");

        assertThat(groupsOf("guest")).isEqualTo("[]");
        assertThat(log.messages())
                .containsExactly("2 entities of plugin second do not count, because a file or a plugin before it has"
                        + " entities with these references: group:default/team, user:default/guest");
    }

    @Test
    void aReplacementTakesOverUntilItPublishes() {
        publish("first", "user:default/ada");
        drop.drop(directory("first", "2.0.0"), "first.jar");
        awaitAnswer(host, "/api/first/version", "2.0.0");
        await().atMost(LIMIT).until(() -> host.plugins().size() == 2);

        assertThat(groupsOf("ada")).isEqualTo("[]");
        publish("first", "user:default/bob");
        assertThat(groupsOf("ada")).isEqualTo("unknown");
        assertThat(groupsOf("bob")).isEqualTo("[]");
    }

    @Test
    void aStartPublishesWhenItIsOver() {
        publish("first", "user:default/ada");
        drop.drop(directory("first", "4.0.0"), "first.jar");
        awaitAnswer(host, "/api/first/version", "4.0.0");

        assertThat(groupsOf("ada")).isEqualTo("unknown");
        assertThat(groupsOf("dan")).isEqualTo("[]");
    }

    @Test
    void aStartThatFailsPublishesNothing() {
        publish("first", "user:default/ada");
        drop.drop(directory("first", "3.0.0"), "first.jar");
        await().atMost(LIMIT).until(() -> host.plugins().stream().anyMatch(plugin -> plugin.state() == State.FAILED));

        assertThat(groupsOf("ada")).isEqualTo("[]");
        assertThat(groupsOf("eve")).isEqualTo("unknown");
    }

    @Test
    void aRemovedPluginHasNoUsers() {
        publish("second", "user:default/bob");
        assertThat(groupsOf("bob")).isEqualTo("[]");
        drop.remove("second.jar");

        awaitAnswer(host, "/api/first/groups/bob", "unknown");
    }

    @Test
    void oneReferenceTwiceIsRefused() {
        CatalogSources sources = new CatalogSources();
        sources.register("first", "first#1");
        CatalogEntity ada = CatalogEntity.of(EntityRef.user("default", "ada"));

        assertThatThrownBy(() -> sources.publish("first", "first#1", List.of(ada, ada.withDisplayName("Ada"))))
                .hasMessage("user:default/ada is published twice; a reference names one user or group");
    }

    @Test
    void theSourcesAreCompleteWhenEachPluginHasPublished() throws Exception {
        AtomicBoolean waits = new AtomicBoolean();
        CatalogSources sources = new CatalogSources();
        sources.await(waits::get);
        assertThat(sources.areComplete()).isTrue();

        sources.register("first", "first#1");
        AutoCloseable second = sources.register("second", "second#1");
        sources.open("first", "first#1");
        sources.publish("first", "first#1", List.of());
        assertThat(sources.areComplete()).isFalse();

        second.close();
        assertThat(sources.areComplete()).isTrue();
        waits.set(true);
        assertThat(sources.areComplete()).isFalse();
    }

    @Test
    void aStoppedGenerationCannotPublish() throws Exception {
        CatalogSources sources = new CatalogSources();
        AutoCloseable registration = sources.register("first", "first#1");
        registration.close();

        assertThatThrownBy(() -> sources.publish("first", "first#1", List.of()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCatalogOfAnotherPluginIsNotChanged() {
        CapturedLog log = CapturedLog.of(CatalogSources.class);
        CatalogSources sources = new CatalogSources();
        sources.register("first", "first#1");
        sources.open("first", "first#1");
        sources.publish("first", "first#1", List.of());
        sources.publish("first", "first#1", List.of());

        assertThat(log.messages())
                .containsExactly("the users and groups of plugin first have no effect: ports.catalog selects another"
                        + " catalog");
    }
}
