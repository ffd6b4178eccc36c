export { didYouMean, nearestName } from '../../contract/nearest-name.ts'
