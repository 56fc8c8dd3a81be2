package dev.belfry.notifications.sending;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validates a request to create a notification. */
public final class CreateRequestRules {

    private static final int MAX_TARGETS = 1000;

    private final ActionUrls urls;
    private final EmptyTargets emptyTargets;
    private final int maxTargets;

    public CreateRequestRules(ActionUrls urls, EmptyTargets emptyTargets) {
        this(urls, emptyTargets, MAX_TARGETS);
    }

    private CreateRequestRules(ActionUrls urls, EmptyTargets emptyTargets, int maxTargets) {
        this.urls = urls;
        this.emptyTargets = emptyTargets;
        this.maxTargets = maxTargets;
    }

    /** For notifications that were stored before. Plugins can have sent them to any number of targets. */
    public static CreateRequestRules ofArchives(ActionUrls urls) {
        return new CreateRequestRules(urls, EmptyTargets.SYSTEM, Integer.MAX_VALUE);
    }

    /** How to handle an empty array of targets when there are no other targets. */
    public enum EmptyTargets {
        /** As an absent one: the notification is for everyone. */
        SYSTEM,
        /** The request is rejected: the array may be empty by mistake. */
        REJECT
    }

    /** @throws InvalidInput when the request is invalid; the message names the field, its value and the rule */
    public Draft draft(CreateRequest request) {
        Content content = new Content(
                TextLimits.required("origin", request.origin()),
                TextLimits.required("title", request.title()),
                request.message(),
                request.topic(),
                actions(request.actions()),
                format(request.format()));
        return new Draft(content, addressees(request));
    }

    private static Content.Format format(@Nullable String format) {
        return switch (format) {
            case null -> Content.Format.PLAIN;
            case "plain" -> Content.Format.PLAIN;
            case "markdown" -> Content.Format.MARKDOWN;
            default -> throw new InvalidInput("format must be 'plain' or 'markdown', not " + Quoted.of(format));
        };
    }

    private List<Content.Action> actions(@Nullable List<CreateRequest.@Nullable Action> submitted) {
        List<Content.Action> actions = new ArrayList<>();
        if (submitted != null) {
            for (CreateRequest.Action action : submitted) {
                actions.add(action("actions[" + actions.size() + "]", action));
            }
        }
        return actions;
    }

    private Content.Action action(String field, CreateRequest.@Nullable Action action) {
        if (action == null) {
            throw new InvalidInput(field + " must not be null");
        }
        String title = TextLimits.required(field + ".title", action.title());
        String url = TextLimits.url(field + ".url", action.url());
        urls.check(field + ".url", url);
        return new Content.Action(title, url);
    }

    private Addressees addressees(CreateRequest request) {
        List<String> users = request.targetUsers();
        List<String> groups = request.targetGroups();
        Addressees addressees = Addressees.of(
                refs("targetUsers", EntityRef.USER, users), refs("targetGroups", EntityRef.GROUP, groups));
        if (addressees.isEveryone() && emptyTargets == EmptyTargets.REJECT && (users != null || groups != null)) {
            throw new InvalidInput((users != null ? "targetUsers" : "targetGroups")
                    + " must not be empty; leave it out to notify everyone");
        }
        return addressees;
    }

    private List<EntityRef> refs(String field, String kind, @Nullable List<@Nullable String> texts) {
        List<EntityRef> refs = new ArrayList<>();
        if (texts == null) {
            return refs;
        }
        if (texts.size() > maxTargets) {
            throw new InvalidInput(field + " must have at most " + maxTargets + " elements, not " + texts.size());
        }
        for (String text : texts) {
            refs.add(target(field + "[" + refs.size() + "]", kind, text));
        }
        return refs;
    }

    private static EntityRef target(String field, String kind, @Nullable String text) {
        if (text == null) {
            throw new InvalidInput(field + " must not be null");
        }
        try {
            return Target.parse(kind, text);
        } catch (InvalidInput e) {
            throw new InvalidInput(field + ": " + e.reason());
        }
    }
}
