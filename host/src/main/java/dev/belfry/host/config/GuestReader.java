package dev.belfry.host.config;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.AuthSettings.Guest;
import java.util.List;
import java.util.Optional;

/** Reads {@code auth.providers}; Belfry supports one, the guest. */
final class GuestReader {

    private GuestReader() {}

    /** @return the guest; empty when guest access is off */
    static Optional<Guest> read(Section auth) {
        Section providers = auth.section("providers");
        List<String> others =
                providers.keys().stream().filter(key -> !key.equals("guest")).toList();
        providers.ignore(others.toArray(String[]::new));
        Value guest = providers.peek("guest");
        if (guest instanceof Value.Scalar) {
            // An empty key counts as missing, so that a later file can switch the guest off.
            boolean on = providers.flag("guest").orElse(false);
            return on ? Optional.of(defaultGuest()) : Optional.empty();
        }
        try (Section section = providers.section("guest")) {
            EntityRef user = section.text("userEntityRef")
                    .flatMap(text -> ref(section, "userEntityRef", text))
                    .orElse(defaultGuest().user());
            boolean outside = section.flag("dangerouslyAllowOutsideDevelopment").orElse(false);
            section.ignore("ownershipEntityRefs", "development");
            return section.isPresent() ? Optional.of(new Guest(user, outside)) : Optional.empty();
        }
    }

    private static Guest defaultGuest() {
        return new Guest(EntityRef.user(EntityRef.DEFAULT_NAMESPACE, "guest"), false);
    }

    private static Optional<EntityRef> ref(Section section, String key, String text) {
        try {
            EntityRef ref = EntityRef.parse(text, EntityRef.USER);
            if (ref.kind().equals(EntityRef.USER)) {
                return Optional.of(ref);
            }
            section.problem(key, "must be a user such as user:default/guest, not '" + text + "'");
        } catch (IllegalArgumentException e) {
            section.problem(key, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }
}
