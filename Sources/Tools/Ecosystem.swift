// An ecosystem: a family of tools that share registries and credentials. Credentials go from
// everything that is forwarded, whichever tool it is, so they are kept by ecosystem and not by
// tool: `pip install` must not see `NPM_TOKEN`.
//
// Names: grammars §13 lists what each tool reads; upstream documents are named per row.

public import GateCore

/// A family of tools with common registries and credentials.
public enum Ecosystem: UInt8, Sendable, CaseIterable {
    case npm, pypi, rubygems, crates, nuget, vscode

    public var name: String {
        switch self {
        case .npm: "npm"
        case .pypi: "pypi"
        case .rubygems: "rubygems"
        case .crates: "crates"
        case .nuget: "nuget"
        case .vscode: "vscode"
        }
    }
}

/// Variables that carry registry credentials. Everything forwarded loses them.
public let credentialVariables: [EnvironmentRule] = [
    // npm config(7), pnpm, yarn and bun documentation.
    .init("NPM_TOKEN", .empty), .init("NODE_AUTH_TOKEN", .empty),
    .init("NPM_AUTH_TOKEN", .empty), .init("npm_config__auth*", .unset, isLoose: true),
    .init("npm_config_//*", .unset, isLoose: true),
    .init("npm_config_otp", .unset, isLoose: true),
    .init("npm_config__password", .unset, isLoose: true),
    .init("npm_config_token", .unset, isLoose: true),
    .init("npm_config_registry", .dropUserinfo, isLoose: true),
    .init("npm_config_@*", .dropUserinfo, isLoose: true),
    .init("pnpm_config__auth*", .unset, isLoose: true),
    .init("pnpm_config_//*", .unset, isLoose: true),
    .init("YARN_NPM_AUTH_TOKEN", .unset), .init("YARN_NPM_AUTH_IDENT", .unset),
    .init("YARN_NPM_REGISTRIES*", .unset), .init("YARN_NPM_SCOPES*", .unset),
    .init("YARN_NPM_REGISTRY_SERVER", .dropUserinfo),
    .init("YARN_NPM_PUBLISH_REGISTRY", .dropUserinfo),
    .init("yarn_registry", .dropUserinfo, isLoose: true),
    .init("yarn__auth*", .unset, isLoose: true), .init("yarn_//*", .unset, isLoose: true),
    .init("BUN_CONFIG_REGISTRY", .dropUserinfo),
    .init("COREPACK_NPM_REGISTRY", .dropUserinfo),
    .init("BUN_CONFIG_TOKEN", .unset), .init("BUN_AUTH_TOKEN", .unset),
    .init("NPM_ID_TOKEN", .unset), .init("SIGSTORE_ID_TOKEN", .unset),
    .init("COREPACK_NPM_TOKEN", .unset), .init("COREPACK_NPM_USERNAME", .unset),
    .init("COREPACK_NPM_PASSWORD", .unset), .init("DENO_AUTH_TOKENS", .unset),
    .init("DENO_DEPLOY_TOKEN", .unset),
    // Trusted publishing: an identity token is a credential for every registry that accepts it.
    .init("ACTIONS_ID_TOKEN_REQUEST_URL", .unset),
    .init("ACTIONS_ID_TOKEN_REQUEST_TOKEN", .unset), .init("PYPI_ID_TOKEN", .unset),
    .init("TESTPYPI_ID_TOKEN", .unset), .init("CIRCLE_OIDC_TOKEN*", .unset),
    .init("BITBUCKET_STEP_OIDC_TOKEN", .unset), .init("CI_JOB_JWT*", .unset),
    .init("SEMAPHORE_OIDC_TOKEN", .unset),
    // twine, uv, poetry, hatch, flit, pdm.
    .init("TWINE_USERNAME", .unset), .init("TWINE_PASSWORD", .unset),
    .init("UV_PUBLISH_TOKEN", .unset), .init("UV_PUBLISH_USERNAME", .unset),
    .init("UV_PUBLISH_PASSWORD", .unset), .init("UV_INDEX_*_USERNAME", .unset),
    .init("UV_INDEX_*_PASSWORD", .unset), .init("POETRY_PYPI_TOKEN_*", .unset),
    .init("POETRY_HTTP_BASIC_*", .unset), .init("HATCH_INDEX_USER", .unset),
    .init("HATCH_INDEX_AUTH", .unset), .init("FLIT_USERNAME", .unset),
    .init("FLIT_PASSWORD", .unset), .init("PDM_PUBLISH_USERNAME", .unset),
    .init("PDM_PUBLISH_PASSWORD", .unset), .init("PYPI_TOKEN", .unset),
    .init("MATURIN_PYPI_TOKEN", .unset), .init("MATURIN_USERNAME", .unset),
    .init("MATURIN_PASSWORD", .unset), .init("PIP_INDEX_URL", .dropUserinfo),
    .init("PIP_EXTRA_INDEX_URL", .dropUserinfo), .init("UV_INDEX_URL", .dropUserinfo),
    .init("UV_EXTRA_INDEX_URL", .dropUserinfo), .init("UV_DEFAULT_INDEX", .dropUserinfo),
    .init("UV_INDEX", .dropUserinfo), .init("UV_PUBLISH_URL", .dropUserinfo),
    .init("PIP_PYPI_URL", .dropUserinfo), .init("PIP_FIND_LINKS", .dropUserinfo),
    .init("UV_FIND_LINKS", .dropUserinfo), .init("TWINE_REPOSITORY_URL", .dropUserinfo),
    .init("POETRY_REPOSITORIES_*_URL", .dropUserinfo), .init("PDM_PYPI_URL", .dropUserinfo),
    .init("PDM_PYPI_USERNAME", .unset), .init("PDM_PYPI_PASSWORD", .unset),
    .init("PDM_PUBLISH_REPO", .dropUserinfo), .init("HATCH_INDEX_REPO", .dropUserinfo),
    .init("FLIT_INDEX_URL", .dropUserinfo), .init("MATURIN_REPOSITORY_URL", .dropUserinfo),
    // RubyGems command reference, bundle-config(1).
    .init("GEM_HOST_API_KEY*", .unset), .init("GEM_HOST_OTP_CODE", .unset),
    .init("RUBYGEMS_API_KEY", .unset), .init("BUNDLE_RUBYGEMS__ORG", .unset),
    .init("BUNDLE_GEM__PUSH_KEY", .unset), .init("BUNDLE_GEMS__*", .unset),
    .init("RUBYGEMS_HOST", .dropUserinfo), .init("BUNDLE_MIRROR__*", .dropUserinfo),
    // The credentials of a host stand under its name, with `__` for each dot.
    .init("BUNDLE_*__COM", .unset), .init("BUNDLE_*__ORG", .unset),
    .init("BUNDLE_*__NET", .unset), .init("BUNDLE_*__IO", .unset),
    .init("BUNDLE_*__DEV", .unset),
    // The Cargo Book, "Environment variables".
    .init("CARGO_REGISTRY_TOKEN", .unset), .init("CARGO_REGISTRIES_*_TOKEN", .unset),
    .init("CRATES_IO_TOKEN", .unset), .init("CARGO_REGISTRY_SECRET_KEY", .unset),
    .init("CARGO_REGISTRIES_*_SECRET_KEY", .unset),
    .init("CARGO_REGISTRIES_*_INDEX", .dropUserinfo),
    // NuGet credential providers and nuget.config reference.
    .init("NUGET_API_KEY", .unset), .init("NuGetPackageSourceCredentials_*", .unset),
    .init("VSS_NUGET_EXTERNAL_FEED_ENDPOINTS", .unset), .init("VSS_NUGET_ACCESSTOKEN", .unset),
    .init("VSS_NUGET_URI_PREFIXES", .unset), .init("NUGET_CREDENTIALPROVIDER_*", .unset),
    .init("ARTIFACTS_CREDENTIALPROVIDER_*", .unset), .init("NUGET_AUTH_TOKEN", .unset),
    // vsce and ovsx.
    .init("VSCE_PAT", .unset), .init("OVSX_PAT", .unset),
]

/// Variables that carry the credentials of code hosts. They can publish too: GitHub and GitLab have
/// package registries, and a pushed tag starts a release. The project's own programs may need them
/// (a test that asks the host's interface), so a line that only runs those keeps them; everything
/// else loses them. Where rc files often name one as `${NAME}` it is emptied, because yarn 2 and
/// pnpm fail on a name that is not defined.
///
/// Sources: the hosts' own pages on variables in their CI, gh environment(7), glab, tea.
public let codeHostVariables: [EnvironmentRule] = [
    .init("GITHUB_TOKEN", .empty), .init("GH_TOKEN", .empty), .init("GITLAB_TOKEN", .empty),
    .init("CI_JOB_TOKEN", .empty), .init("GITHUB_PAT", .empty), .init("GH_PAT", .empty),
    .init("GH_ENTERPRISE_TOKEN", .unset), .init("GITHUB_ENTERPRISE_TOKEN", .unset),
    .init("GITHUB_OAUTH_TOKEN", .unset), .init("GITHUB_API_TOKEN", .unset),
    .init("HOMEBREW_GITHUB_API_TOKEN", .unset), .init("GL_TOKEN", .unset),
    .init("GITLAB_PRIVATE_TOKEN", .unset), .init("GITLAB_ACCESS_TOKEN", .unset),
    .init("CI_REGISTRY_PASSWORD", .unset), .init("CI_DEPLOY_PASSWORD", .unset),
    .init("CI_DEPENDENCY_PROXY_PASSWORD", .unset), .init("CI_REPOSITORY_URL", .dropUserinfo),
    .init("ACTIONS_RUNTIME_TOKEN", .unset), .init("BITBUCKET_TOKEN", .unset),
    .init("BITBUCKET_ACCESS_TOKEN", .unset), .init("BITBUCKET_APP_PASSWORD", .unset),
    .init("GITEA_TOKEN", .unset), .init("FORGEJO_TOKEN", .unset), .init("CODEBERG_TOKEN", .unset),
    .init("SYSTEM_ACCESSTOKEN", .unset), .init("AZURE_DEVOPS_EXT_PAT", .unset),
    .init("COMPOSER_AUTH", .unset),
]
