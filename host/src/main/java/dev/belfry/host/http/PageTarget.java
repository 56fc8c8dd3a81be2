package dev.belfry.host.http;

import dev.belfry.api.access.Access;
import dev.belfry.host.assets.Asset;
import dev.belfry.host.assets.AssetNames;

/** The response to a path of a mount. */
sealed interface PageTarget {

    /** Who may get it. */
    Access access();

    /** For metrics. */
    String route();

    /**
     * A page or a file.
     *
     * @param policy the content security policy
     * @param anyOrigin whether pages of other origins may load it
     */
    record Document(
            Asset asset, Access access, String route, int status, String policy, String caching, boolean anyOrigin)
            implements PageTarget {

        private static final String REVALIDATED = "no-cache";
        private static final String FOR_A_YEAR = "max-age=31536000, immutable";

        static Document page(Asset asset, String route, PluginPages.PluginPage page) {
            return new Document(
                    asset, page.access(), route, 200, page.policy(), sharing(page.access()) + REVALIDATED, false);
        }

        static Document file(String name, Asset asset, String route, PluginPages pages) {
            PluginPages.PluginPageFiles files = pages.files();
            String time = AssetNames.hasHash(name) ? FOR_A_YEAR : REVALIDATED;
            return new Document(
                    asset,
                    files.access(),
                    route,
                    200,
                    pages.policy(),
                    sharing(files.access()) + time,
                    files.isForAnyOrigin());
        }

        static Document notFound(Asset asset, String route, String policy) {
            return new Document(asset, Access.PUBLIC, route, 404, policy, "no-store", false);
        }

        /** A cache that several users share may have only what everybody may see. */
        private static String sharing(Access access) {
            return access == Access.PUBLIC ? "public, " : "private, ";
        }
    }

    /** The same path with, or without, a slash at its end. */
    record Redirect(String location, String route) implements PageTarget {
        @Override
        public Access access() {
            return Access.PUBLIC;
        }
    }
}
