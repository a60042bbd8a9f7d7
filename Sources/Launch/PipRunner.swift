// The script by which pip starts itself with the python of another environment.
//
// Source: pip/_internal/build_env.py (`get_runnable_pip`), pip/__pip-runner__.py, since pip 22.2.

internal import Platform

/// Finds the script.
public enum PipRunner {
    /// The script of the pip that a tool starts, or nil where its files do not tell.
    ///
    /// - Parameter tool: the path of pip, or of the python that runs it.
    public static func path(of tool: String) -> String? {
        for place in [tool, FilePath.resolved(tool)] {
            guard let place else { continue }
            for packages in ToolVersion.sitePackages(near: FilePath.parent(place)) {
                let script = packages + "/pip/__pip-runner__.py"
                if FileStatus(script)?.isRegular == true { return script }
            }
        }
        return nil
    }
}
