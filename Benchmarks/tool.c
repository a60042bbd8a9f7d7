/* The tool that costs nothing: what the bench puts behind the shim, so that the shim's own cost is
 * what shows. Static, and laid beside a package.json that says which npm it stands for. */
int main(void) { return 0; }
