package io.tokenmeter.query;

import io.tokenmeter.raw.OrgId;
import org.jspecify.annotations.Nullable;

/**
 * Of whom what is used of a quota is asked.
 *
 * @param quota the quota's id
 * @param subject the one project, user, key or model; null for all that used some of it
 * @param after those that follow it, in the order of their bytes; null from the first on
 * @param limit subjects a page, 1 to 500
 */
public record SubjectsQuery(
    String quota, @Nullable String subject, @Nullable String after, int limit) {
  static final int LIMIT = 100;
  static final int MAX_LIMIT = 500;

  /** Where the page after a subject is. */
  String nextPath(OrgId org, String last) {
    return Paths.org(org)
        + "/quotas/"
        + Paths.segment(quota)
        + "?after="
        + Paths.parameter(last)
        + "&limit="
        + limit;
  }
}
