/** How a repository of one's own images is kept: no tag is moved, every image is scanned, and what nobody needs goes by itself. */
import { type HclExpression, hcl } from '../../files/hcl.ts';

/** Lines of a `google_artifact_registry_repository`; `why` is a comment, with its line feed, or empty. */
export const keptImages = (why: HclExpression): HclExpression => hcl`  docker_config {
    immutable_tags = true
  }

  vulnerability_scanning_config {
    enablement_config = "INHERITED"
  }

${why}  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = 30
    }
  }

  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      older_than = "7776000s"
    }
  }`;
