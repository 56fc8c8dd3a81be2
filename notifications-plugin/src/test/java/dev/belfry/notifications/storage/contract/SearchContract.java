package dev.belfry.notifications.storage.contract;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.groups;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.titled;
import static dev.belfry.notifications.storage.contract.Samples.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Order.Direction;
import dev.belfry.notifications.storage.Order.Field;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search in titles and messages. */
interface SearchContract extends StoreFixture {

    @Test
    default void noQueryMatchesAcrossTitleAndMessage() {
        Notification notification =
                new Notification(id(NOON, 1), new Content("tests", "ab", "cd", null, List.of()), false);
        store().save(notification, users("ada"));

        assertThat(list(ADA, new Filter(Scope.ALL, "bc", null, null))).isEmpty();
        assertThat(list(ADA, new Filter(Scope.ALL, "b\uFFFFc", null, null))).isEmpty();
        assertThat(list(ADA, new Filter(Scope.ALL, "CD", null, null))).hasSize(1);
        assertThat(list(ADA, new Filter(Scope.ALL, "tests", null, null))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"needle", "NEEDLE", "ne", "dlé 100%_\\\"*", "ÄÖ", "öX", "é ", "%_", "x"})
    default void aRareTextIsFoundInOldNotificationsOfALargeInbox(String text) {
        List<AddressedNotification> many = IntStream.range(0, 1_200)
                .mapToObj(place -> {
                    String title = place % 400 == 7 ? place + " Needlé 100%_\\\"* äöx" : "hay " + place;
                    Notification notification = titled(id(NOON.plusMillis(place), 0), title);
                    return new AddressedNotification(notification, place < 600 ? users("ada") : groups("ringers"));
                })
                .toList();
        store().save(many, null);
        upkeep();
        String wanted = text.replace("needle", "needl").replace("NEEDLE", "NEEDL");
        Filter filter = new Filter(Scope.ALL, wanted, null, null);

        assertThat(store().page(ADA, filter, Order.NEWEST_FIRST, 0, 20).items())
                .extracting(item -> item.notification().created().toEpochMilli() - NOON.toEpochMilli())
                .containsExactly(807L, 407L, 7L);
        assertThat(store().page(ADA, filter, Order.NEWEST_FIRST, 1, 1).items()).hasSize(1);
        assertThat(store().page(ADA, filter, new Order(Field.TITLE, Direction.ASC), 0, 20)
                        .items())
                .hasSize(3);
        assertThat(store().count(ADA, filter)).isEqualTo(3);
        assertThat(store().count(BOB, filter)).isEqualTo(1);
        assertThat(store().page(EVE, filter, Order.NEWEST_FIRST, 0, 20).items()).isEmpty();
        assertThat(store().count(ADA, new Filter(Scope.ALL, wanted, NOON.plusMillis(7), false)))
                .isEqualTo(2);
    }

    /** Words in every message, in every second, in every tenth, and in a few old ones: each page by offset and by place. */
    @ParameterizedTest
    @EnumSource(Direction.class)
    default void pagesOfASearchAreCompleteForEveryFrequency(Direction direction) {
        List<AddressedNotification> many = IntStream.range(0, 300)
                .mapToObj(place -> {
                    String title = "bell" + (place % 2 == 0 ? " even" : "") + (place % 10 == 0 ? " tenth" : "")
                            + (place < 5 ? " oldest" : "");
                    return new AddressedNotification(
                            titled(id(NOON.plusMillis(place), 0), title),
                            place % 3 == 0 ? users("ada") : groups("ringers"));
                })
                .toList();
        store().save(many, null);
        upkeep();
        Order order = new Order(Field.CREATED, direction);
        for (String word : List.of("bell", "even", "tenth", "oldest", "none")) {
            Filter filter = new Filter(Scope.ALL, word, null, null);
            List<Notification> expected = many.stream()
                    .map(AddressedNotification::notification)
                    .filter(notification -> notification.content().title().contains(word))
                    .sorted(Comparator.comparing(Notification::created))
                    .toList();
            if (direction == Direction.DESC) {
                expected = expected.reversed();
            }
            for (int offset = 0; offset <= expected.size() + 7; offset += 7) {
                assertThat(store().page(ADA, filter, order, offset, 7).items())
                        .as("%s from %s", word, offset)
                        .extracting(InboxItem::notification)
                        .isEqualTo(expected.stream().skip(offset).limit(7).toList());
            }
            for (int last = 0; last < expected.size(); last += 11) {
                assertThat(store().following(
                                        ADA,
                                        filter,
                                        order,
                                        new SeekPosition(expected.get(last).id(), null),
                                        7)
                                .items())
                        .as("%s behind %s", word, last)
                        .extracting(InboxItem::notification)
                        .isEqualTo(expected.stream().skip(last + 1L).limit(7).toList());
            }
        }
    }

    @Test
    default void anyTextIsFoundByItsOwnPartsInAnyCase() throws Exception {
        Property.holds(2, random -> {
            Texts texts = new Texts(random);
            for (int i = 0; i < 40; i++) {
                String title = texts.some(1, 12);
                String message = texts.some(0, 30);
                NotificationId id = id(NOON.plusMillis(random.nextInt(1_000_000_000)), random.nextInt(4096));
                store().save(
                                new Notification(id, new Content("o", title, message, null, List.of()), false),
                                users("ada"));
                for (String part : List.of(texts.partOf(title), texts.partOf(message))) {
                    Filter filter = new Filter(Scope.ALL, texts.otherCaseOf(part), null, null);
                    assertThat(store().page(ADA, filter, Order.NEWEST_FIRST, 0, MANY)
                                    .items())
                            .as("'%s' in '%s', '%s'", part, title, message)
                            .anyMatch(found -> found.notification().id().equals(id));
                }
            }
        });
    }
}
