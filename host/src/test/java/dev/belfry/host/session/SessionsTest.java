package dev.belfry.host.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.nimbus.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef BOB = EntityRef.user("default", "bob");

    private final MovableClock clock = new MovableClock();
    private final StoreInMemory store = new StoreInMemory();
    private final Sessions sessions = new Sessions(store, clock);
    private final Sessions otherHost = new Sessions(store, clock);

    private static final class StoreInMemory implements SessionStore {
        private final Map<String, Session> rows = new ConcurrentHashMap<>();
        private int reads;
        private int touches;

        @Override
        public void add(Session session) {
            rows.put(session.id(), session);
        }

        @Override
        public Optional<Session> find(String id) {
            reads++;
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public void touch(String id, Instant now) {
            touches++;
            rows.computeIfPresent(id, (_, session) -> session.seen(now));
        }

        @Override
        public void delete(String id) {
            rows.remove(id);
        }

        @Override
        public List<String> deleteAll(EntityRef user) {
            List<String> ids = rows.values().stream()
                    .filter(session -> session.user().equals(user))
                    .map(Session::id)
                    .toList();
            ids.forEach(rows::remove);
            return ids;
        }

        @Override
        public void deleteExpired(Instant idleSince, Instant now) {
            rows.values()
                    .removeIf(session -> session.lastSeen().isBefore(idleSince)
                            || session.ends().isBefore(now));
        }

        @Override
        public Set<EntityRef> users() {
            return rows.values().stream().map(Session::user).collect(Collectors.toSet());
        }
    }

    private SessionSecret begin(EntityRef user) {
        return sessions.begin(user, "oidc", Session.LONGEST, null);
    }

    @Test
    void aSessionThatIsUsedLastsUntilItsLongestTime() {
        SessionSecret secret = begin(ADA);

        for (int hours = 0; hours < 7 * 24; hours += 7) {
            assertThat(sessions.find(secret)).as("after %d hours", hours).isPresent();
            clock.move(Duration.ofHours(7));
        }
        assertThat(sessions.find(secret)).isEmpty();
    }

    @Test
    void aSessionThatIsNotUsedEndsAfterEightHours() {
        SessionSecret secret = begin(ADA);

        clock.move(Session.IDLE.minusSeconds(1));
        assertThat(otherHost.find(secret)).isPresent();
        clock.move(Session.IDLE.minusSeconds(1));
        assertThat(sessions.find(secret)).isPresent();
        clock.move(Session.IDLE);
        assertThat(sessions.find(secret)).isEmpty();
    }

    @Test
    void aSessionThatEndsIsUnknownAtOnceHereAndWithinSecondsElsewhere() {
        SessionSecret secret = begin(ADA);
        assertThat(sessions.find(secret)).isPresent();
        assertThat(otherHost.find(secret)).isPresent();

        sessions.end(secret);

        assertThat(sessions.find(secret)).isEmpty();
        clock.move(Sessions.CACHED);
        assertThat(otherHost.find(secret)).isEmpty();
    }

    @Test
    void allSessionsOfOneUserEndTogether() {
        SessionSecret first = begin(ADA);
        SessionSecret second = begin(ADA);
        SessionSecret ofBob = begin(BOB);
        assertThat(sessions.find(first)).isPresent();
        assertThat(sessions.find(second)).isPresent();

        sessions.endAll(ADA);

        assertThat(sessions.find(first)).isEmpty();
        assertThat(sessions.find(second)).isEmpty();
        assertThat(sessions.find(ofBob)).isPresent();
    }

    @Test
    void requestsInShortSuccessionCostOneReadAndNoWrite() {
        SessionSecret secret = begin(ADA);
        SessionSecret unknown = SessionSecret.random();

        for (int i = 0; i < 100; i++) {
            assertThat(sessions.find(secret)).isPresent();
            assertThat(sessions.find(unknown)).isEmpty();
        }

        assertThat(store.reads).isEqualTo(2);
        assertThat(store.touches).isZero();
    }

    @Test
    void aRequestAfterAPauseIsWrittenOnce() {
        SessionSecret secret = begin(ADA);
        clock.move(Sessions.TOUCH_AFTER.plusSeconds(1));

        assertThat(sessions.find(secret)).isPresent();
        assertThat(sessions.find(secret)).isPresent();

        assertThat(store.touches).isEqualTo(1);
    }

    @Test
    void expiredSessionsAreDeleted() {
        SessionSecret old = begin(ADA);
        clock.move(Session.IDLE.plusSeconds(1));
        SessionSecret current = begin(ADA);

        sessions.deleteExpired();

        assertThat(store.rows).containsOnlyKeys(current.id()).doesNotContainKey(old.id());
    }

    @Test
    void sessionsOfUnknownUsersAreDeleted() {
        begin(BOB);
        SessionSecret ofAda = begin(ADA);

        sessions.deleteUnknown(ADA::equals);

        assertThat(store.rows).containsOnlyKeys(ofAda.id());
    }

    @Test
    void theSessionsOfAUserWhoHasLeftEndAtOnceAndForEver() {
        SessionSecret ofAda = begin(ADA);
        SessionSecret ofBob = begin(BOB);
        assertThat(sessions.find(ofAda)).isPresent();

        sessions.depart(Set.of(ADA));
        assertThat(sessions.find(ofAda)).isEmpty();
        assertThat(sessions.find(ofBob)).isPresent();

        sessions.deleteDeparted();
        assertThat(store.rows).containsOnlyKeys(ofBob.id());
        assertThat(sessions.find(ofAda)).isEmpty();
    }

    @Test
    void aUserWhoReturnsHasTheNewSessionOnly() {
        SessionSecret old = begin(ADA);
        sessions.depart(Set.of(ADA, EntityRef.user("default", "never-signed-in")));

        SessionSecret fresh = begin(ADA);
        sessions.deleteDeparted();

        assertThat(sessions.find(fresh)).isPresent();
        assertThat(sessions.find(old)).isEmpty();
        assertThat(store.rows).containsOnlyKeys(fresh.id());
        SessionSecret ofTheOther = begin(EntityRef.user("default", "never-signed-in"));
        sessions.deleteDeparted();
        assertThat(sessions.find(ofTheOther)).isPresent();
    }

    @Test
    void theSecretIsNeitherStoredNorShown() {
        SessionSecret secret = begin(ADA);

        assertThat(store.rows.toString()).doesNotContain(secret.text());
        assertThat(secret.id()).isNotEqualTo(secret.csrfToken()).doesNotContain(secret.text());
        assertThat(secret.toString()).doesNotContain(secret.text());
        assertThat(SessionSecret.parse(secret.text())).map(SessionSecret::id).contains(secret.id());
        assertThat(SessionSecret.parse(secret.text() + "x")).isEmpty();
        assertThat(SessionSecret.parse("")).isEmpty();
    }
}
