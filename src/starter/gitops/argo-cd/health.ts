/**
 * When a child counts as ready. Argo CD knows no health of Applications by itself, so that waves would wait for nothing;
 * the check that its documentation gives looks at the health alone, which for a moment is still that of the state before.
 */
export const APPLICATION_HEALTH = `local hs = { status = "Progressing", message = "not compared with what is asked for yet" }
if obj.status == nil or obj.status.sync == nil or obj.status.health == nil then
  return hs
end
-- What was compared last has to be what stands in the spec: every source in its revision.
local compared = obj.status.sync.comparedTo
if compared == nil or compared.sources == nil or #compared.sources ~= #obj.spec.sources then
  return hs
end
for i, source in ipairs(obj.spec.sources) do
  if compared.sources[i].targetRevision ~= source.targetRevision then
    return hs
  end
end
if obj.status.sync.status ~= "Synced" then
  hs.message = "not applied yet"
  return hs
end
hs.status = obj.status.health.status
hs.message = obj.status.health.message or ""
return hs
`;
