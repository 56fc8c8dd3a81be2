package dev.belfry.host.signin;

import dev.belfry.host.html.Html;
import io.javalin.http.Context;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The texts of the sign-in page, in the language that the browser prefers. */
record Texts(ResourceBundle bundle) {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);
    private static final String BUNDLE = Texts.class.getPackageName() + ".sign-in";

    static Texts of(Context context) {
        return new Texts(ResourceBundle.getBundle(BUNDLE, language(context.header("Accept-Language"))));
    }

    private static Locale language(@Nullable String accepted) {
        if (accepted == null) {
            return Locale.ENGLISH;
        }
        try {
            Locale found = Locale.lookup(LanguageRange.parse(accepted), LANGUAGES);
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }

    String language() {
        return bundle.getString("language");
    }

    String html(String key) {
        return Html.text(bundle.getString(key));
    }

    String with(String key, String value) {
        return MessageFormat.format(bundle.getString(key), value);
    }
}
