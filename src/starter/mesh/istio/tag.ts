/** What namespaces and pods of Istio's sidecars name: an upgrade moves it from one control plane to the next. */
export const MESH_TAG = 'stable';
